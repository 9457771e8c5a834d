import { invalid, StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import { isName } from '../../events/decode-field.ts'
import type { ItemId, RequestId, UserId } from '../../events/event.ts'
import type { Deliverer } from '../../feed/delivery/deliver.ts'
import type { PageAsk } from '../../feed/delivery/page-ask.ts'
import type { Scene } from '../../feed/delivery/scene.ts'
import { compileExpression } from '../../feed/filter/expression/expression.ts'
import type { FeedKey, FeedQueue } from '../../feed/queue/feed-queue.ts'
import type { TokenSeal } from '../../feed/tracking/token.ts'
import type { CatalogueView } from '../../state/catalogue/catalogue-view.ts'
import type { AliasView } from '../../state/projections/aliases.ts'
import { type Batch, batchLifeMs } from '../../state/projections/batches.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type {
  BatchesRequest,
  BatchStamp,
  FeedRequest,
  OlderRequest,
  Page,
  SimilarRequest,
} from '../engine.ts'
import type { NamedRankers } from '../recipes/named-rankers.ts'
import { type PageItemsOptions, pageItems } from './page-items.ts'
import type { PageVectorsOf } from './page-vectors.ts'

export interface PagesOptions extends PageItemsOptions {
  readonly scenes: ReadonlyMap<string, Scene>
  readonly deliverer: Deliverer
  readonly queue: FeedQueue
  readonly seal: TokenSeal
  readonly clock: Clock
  readonly aliases: AliasView
  readonly catalogue: CatalogueView
  readonly rankers: NamedRankers
  readonly newRequestId: () => RequestId
  /** The arms of trials that a user's pages are made in. */
  readonly armsOf: (user: UserId, asked?: string) => readonly string[]
  readonly vectors: PageVectorsOf
}

const pageSizeDefault = 10
const pageSizeMax = 100

/** The scene of "similar to this"; its channel is the item. */
export const similarScene = 'item:similar'

const excludedCountMax = 1_000

export const never = new AbortController().signal

/** Requests for pages, checked, answered, and put into the words of the API. */
export function pages(options: PagesOptions) {
  const { scenes, deliverer, queue, seal, clock, aliases, catalogue, ordinals, newRequestId } =
    options

  const sceneOf = (name: string): Scene => {
    const scene = scenes.get(name)
    if (scene !== undefined) return scene
    throw new StarlingError(
      'not_found',
      `no scene ${name}; there are ${[...scenes.keys()].join(', ')}`,
      { field: 'scene' },
    )
  }

  const askOf = (
    key: FeedKey,
    request: FeedRequest | SimilarRequest,
    model: string | undefined,
  ): PageAsk => {
    const { size = pageSizeDefault, filter, fits } = request
    if (!(Number.isInteger(size) && size >= 1 && size <= pageSizeMax)) {
      throw invalid('size', `${size} must be a whole number >= 1 and <= ${pageSizeMax}`)
    }
    const excluded = 'exclude' in request ? (request.exclude ?? []) : []
    if (excluded.length > excludedCountMax) {
      throw invalid(
        'exclude',
        `has ${excluded.length} items; at most ${excludedCountMax} can be left out`,
      )
    }
    const condition = conditionOf(filter, fits)
    return {
      key,
      size,
      request: newRequestId(),
      excluded: new Set(excluded.flatMap((id) => ordinals.of(id) ?? [])),
      ...(condition && { condition }),
      fields: 'context' in request ? (request.context ?? {}) : {},
      arms: options.armsOf(key.user, model),
      // Read when a recipe runs: making a signal costs as much as a page from the queue.
      get signal() {
        return ('signal' in request ? request.signal : undefined) ?? never
      },
    }
  }

  const conditionOf = (
    filter: string | undefined,
    fits: ((item: ItemId) => boolean) | undefined,
  ) => {
    const tests: ((item: Ordinal) => boolean)[] = []
    if (filter !== undefined && filter.trim() !== '') {
      tests.push(compileExpression(filter, { catalogue, ordinals, clock }).keeps)
    }
    if (fits !== undefined) tests.push((item) => fits(ordinals.id(item)))
    return tests.length === 0 ? undefined : (item: Ordinal) => tests.every((test) => test(item))
  }

  const itemsOf = pageItems(options)

  /** The cursor of a page, or null where it is not kept. */
  const cursorAt = async (key: FeedKey, batch: number): Promise<string | null> =>
    batch >= 1 && (await queue.batch(key, batch, clock.now())) !== undefined ? `b${batch}` : null

  const pageOf = async (
    batch: Batch,
    delivery: Page['delivery'],
    older: string | null,
    withItems: boolean | undefined,
  ): Promise<Page> => {
    const now = clock.now()
    const entries = batch.items
      .map((entry, position) => [entry, position] as const)
      .filter(([{ item }]) => catalogue.servable(item, now))
    return {
      requestId: batch.request,
      batchId: batch.batch,
      scene: batch.scene,
      channel: batch.channel,
      delivery,
      servedAt: batch.at,
      items: await itemsOf(entries, seal.page(batch.request), withItems),
      older,
    }
  }

  return {
    async recommend(request: FeedRequest): Promise<Page> {
      const { model } = request
      const usual = sceneOf(request.scene)
      const key = keyOf(aliases, request)
      const scene = model === undefined ? usual : await options.rankers.into(usual, model, key.user)
      const { batch, olderAt, degraded } = await deliverer.page(
        scene,
        askOf(key, request, model ?? usual.recipe.model),
      )
      const before = batch.items.length === 0 ? batch.batch : batch.batch - 1
      // Known without reading that page: most callers never page back.
      const isKept = olderAt !== undefined && clock.now() - olderAt < batchLifeMs
      const cursor = isKept ? `b${before}` : null
      const page = await pageOf(batch, batch.delivery, cursor, request.withItems)
      const vectors = request.withVectors
        ? await options.vectors(
            batch,
            page.items.map(({ position }) => batch.items[position]!.item),
          )
        : undefined
      return { ...page, ...(degraded !== undefined && { degraded }), ...(vectors && { vectors }) }
    },

    async older(request: OlderRequest): Promise<Page> {
      sceneOf(request.scene)
      const key = keyOf(aliases, request)
      const number = batchIn(request.cursor)
      const batch = await queue.batch(key, number, clock.now())
      if (batch !== undefined) {
        return pageOf(batch, 'history', await cursorAt(key, number - 1), request.withItems)
      }
      const newest = await queue.newest(key)
      if (number > newest)
        throw invalid('cursor', `${request.cursor} is beyond the newest page, b${newest}`)
      return {
        requestId: '',
        batchId: number,
        scene: key.scene,
        channel: key.channel,
        delivery: 'history',
        servedAt: clock.now(),
        items: [],
        older: null,
      }
    },

    async batches(request: BatchesRequest): Promise<readonly BatchStamp[]> {
      const key = keyOf(aliases, request)
      const { notAfter = Number.POSITIVE_INFINITY, limit = Number.POSITIVE_INFINITY } = request
      const found: BatchStamp[] = []
      const now = clock.now()
      const from = await newestNotAfter(key, notAfter, now)
      for (let number = from; number >= 1 && found.length < limit; number--) {
        const batch = await queue.batch(key, number, now)
        if (batch === undefined) break
        found.push({ batchId: number, at: batch.at, size: batch.items.length })
      }
      return found
    },

    async similar(request: SimilarRequest): Promise<Page> {
      const beside = ordinals.of(request.item)
      if (beside === undefined || Number.isNaN(catalogue.availableFrom(beside))) {
        throw new StarlingError('not_found', `no item ${request.item}`, { field: 'item' })
      }
      const scene = sceneOf(similarScene)
      const user = request.user ?? ''
      const place = { user, scene: scene.name, channel: '' }
      const key = user === '' ? place : keyOf(aliases, place)
      const ask = { ...askOf(key, request, scene.recipe.model), beside }
      if (user !== '') {
        const { batch } = await deliverer.page(scene, ask)
        return pageOf(batch, batch.delivery, null, request.withItems)
      }
      const { slate, at } = await deliverer.glance(scene, ask)
      const entries = slate.entries
        .slice(0, ask.size)
        .map((entry, position) => [{ ...entry, expiresAt: at }, position] as const)
      return {
        requestId: ask.request,
        batchId: 0,
        scene: scene.name,
        channel: '',
        delivery: 'now',
        servedAt: at,
        items: await itemsOf(entries, () => '', request.withItems),
        older: null,
      }
    },
  }

  /** The number of the newest page that is not newer, by halving: times of a feed rise strictly. */
  async function newestNotAfter(key: FeedKey, at: number, now: number): Promise<number> {
    let [low, high] = [0, await queue.newest(key)]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      const batch = await queue.batch(key, middle, now)
      // A page that is no longer kept is older than every page that is.
      if (batch === undefined || batch.at <= at) low = middle
      else high = middle - 1
    }
    return low
  }
}

export function keyOf(
  aliases: AliasView,
  { user, scene, channel = '' }: { user: UserId; scene: string; channel?: string },
): FeedKey {
  checkName('user', user, 256)
  checkName('channel', channel || '-', 64)
  return { user: aliases.resolve(user), scene, channel }
}

function checkName(field: string, name: string, lengthMax: number): void {
  if (name === '' || name.length > lengthMax || !isName(name)) {
    throw invalid(
      field,
      `must be a text of 1 to ${lengthMax} characters, ` +
        'without control characters or half surrogates',
    )
  }
}

function batchIn(cursor: string | number): number {
  const number =
    typeof cursor === 'number' ? cursor : Number(/^b(\d{1,9})$/.exec(cursor)?.[1] ?? Number.NaN)
  if (Number.isInteger(number) && number >= 0) return number
  throw invalid('cursor', `${JSON.stringify(cursor)} is none that a page gave as "older"`)
}
