import { invalid, StarlingError } from '../../error.ts'
import type { PageAsk } from '../../feed/delivery/page-ask.ts'
import type { Scene } from '../../feed/delivery/scene.ts'
import type { ShelfOf } from '../../feed/shelves/arrange-shelves.ts'
import type { Batch } from '../../state/projections/batches.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { PageItem, Shelf, Shelves, ShelvesRequest } from '../engine.ts'
import type { Recipes } from '../recipes/recipes.ts'
import { type ShelvesAsked, shelfCountMax, shelfSizeMax } from '../recipes/shelves-recipe.ts'
import { pageItems } from './page-items.ts'
import { keyOf, never, type PagesOptions } from './pages.ts'

export interface ShelvesOptions
  extends Pick<
    PagesOptions,
    'scenes' | 'deliverer' | 'seal' | 'clock' | 'aliases' | 'catalogue' | 'ordinals' | 'itemViews'
  > {
  readonly recipe: Recipes['shelves']
  /** Tags attributes that shelves can be made of. */
  readonly attributes: readonly string[]
  readonly newRequestId: () => string
}

/** The scene of a page of shelves. */
export const shelvesScene = 'shelves'

/** What a page is made of unless told. */
export const shelvesDefaults: ShelvesAsked = { attribute: 'genres', count: 8, size: 12 }

type Laid = readonly ShelfOf<Ordinal>[]

/** Requests for a page of shelves: one run of the recipe, recorded as one page. */
export function shelves(options: ShelvesOptions) {
  const { scenes, seal, clock, aliases, catalogue, ordinals, itemViews } = options
  const itemsOf = pageItems(options)

  const shelvesOf = async (
    batch: Batch,
    laid: Laid,
    asked: ShelvesAsked,
    withItems: boolean | undefined,
  ): Promise<readonly Shelf[]> => {
    const now = clock.now()
    const entries = batch.items
      .map((entry, position) => [entry, position] as const)
      .filter(([{ item }]) => catalogue.servable(item, now))
    const items = await itemsOf(entries, seal.page(batch.request), withItems)
    const byOrdinal = new Map(items.map((item, place) => [entries[place]![0].item, item] as const))
    const seeds = laid.flatMap((shelf) => (shelf.kind === 'beside' ? [shelf.seed] : []))
    const views = await itemViews(seeds.map((seed) => ordinals.id(seed)))
    return laid.flatMap((shelf): Shelf[] => {
      const standing = shelf.items.flatMap((item): PageItem[] => {
        const shown = byOrdinal.get(item)
        return shown === undefined ? [] : [shown]
      })
      if (standing.length === 0) return []
      if (shelf.kind === 'top') return [{ kind: 'top', items: standing }]
      if (shelf.kind === 'value') {
        const value = catalogue.tags(asked.attribute)!.names[shelf.value]!
        return [{ kind: 'value', value, items: standing }]
      }
      const seed = views.get(ordinals.id(shelf.seed))
      return [{ kind: 'beside', ...(seed && { beside: seed }), items: standing }]
    })
  }

  return {
    async shelves(request: ShelvesRequest): Promise<Shelves> {
      const asked = askedIn(request, options.attributes)
      const scene = sceneIn(scenes)
      let laid: Laid | undefined
      const recipe = options.recipe({ ...asked, told: (shelves) => (laid = shelves) })
      const ask: PageAsk = {
        key: keyOf(aliases, { user: request.user, scene: scene.name }),
        size: asked.count * asked.size,
        request: options.newRequestId(),
        excluded: new Set(),
        fields: {},
        arms: [],
        signal: request.signal ?? never,
      }
      const { batch, degraded } = await options.deliverer.page({ ...scene, recipe }, ask)
      // Where the mixer failed nothing was laid out: all of it is one row then.
      const rows = laid ?? [{ kind: 'top', items: batch.items.map(({ item }) => item) }]
      return {
        requestId: batch.request,
        servedAt: batch.at,
        shelves: await shelvesOf(batch, rows, asked, request.withItems),
        ...(degraded !== undefined && { degraded }),
      }
    },
  }
}

function sceneIn(scenes: ReadonlyMap<string, Scene>): Scene {
  const scene = scenes.get(shelvesScene)
  if (scene !== undefined) return scene
  throw new StarlingError(
    'not_found',
    `no scene ${shelvesScene}: this engine has scenes of its own`,
  )
}

function askedIn(request: ShelvesRequest, attributes: readonly string[]): ShelvesAsked {
  const { attribute, count, size } = { ...shelvesDefaults, ...request }
  checkCount('count', count, shelfCountMax)
  checkCount('size', size, shelfSizeMax)
  if (!attributes.includes(attribute)) {
    throw invalid(
      'attribute',
      `${JSON.stringify(attribute)} is none that shelves can be made of: ${attributes.join(', ')}`,
    )
  }
  return { attribute, count, size }
}

function checkCount(field: string, value: number, max: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= max) return
  throw invalid(field, `${value} must be a whole number >= 1 and <= ${max}`)
}
