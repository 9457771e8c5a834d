import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { manualClock } from '../../../events/clock.ts'
import type { Event } from '../../../events/event.ts'
import type { Scorer } from '../../../feed/pipeline/scorer.ts'
import { byDeclared } from '../../../feed/rank/by-declared.ts'
import { seededRandom } from '../../../kernel/random.ts'
import type { Ranker } from '../../../models/ranking/ranker.ts'
import { columnsOf, type Rows } from '../../../models/ranking/rows.ts'
import type { Encoding } from '../../../state/features/declared/encoding/encoding.ts'
import { fillerFor } from '../../../state/features/declared/filler.ts'
import { memoryStore } from '../../../state/store/memory-store.ts'
import { engineOf, type OpenEngine } from '../../engine-of.ts'
import { held } from '../../held.ts'
import { openHome } from '../../home.ts'
import { openParts, type Parts } from '../../parts.ts'
import { defaultAttributes } from '../../recipes/residents.ts'
import { everything } from './everything.suite.ts'
import type { ExampleSets, ExampleSource } from './examples.ts'
import { examplesFor } from './examples-for.ts'

const start = Date.UTC(2026, 3, 1)
const minuteMs = 60_000

const genres = ['Drama', 'Comedy', 'Crime', 'Noir', 'War']
const random = seededRandom('parity')

const past = (): Event[] => [
  ...Array.from({ length: 60 }, (_, index): Event => {
    const tags = genres.filter(() => random.below(3) === 0)
    const record = {
      attributes: {
        ...(tags.length > 0 && { genres: { tags } }),
        ...(index % 9 > 0 && { year: { number: 1950 + random.below(70) } }),
        ...(index % 5 > 0 && {
          vector: { vector: Array.from({ length: 100 }, () => random.next() - 0.5) },
        }),
        keywords: { tags: [`k${index % 7}`, `k${index % 11}`] },
        star: { tags: [`s${index % 6}`, `s${index % 4}`] },
      },
      channels: [String(1 + (index % 25))],
      availableFrom: start - random.below(1_000) * 977,
    }
    return { type: 'item', id: `put ${index}`, at: start, item: `i${index}`, record }
  }),
  ...Array.from({ length: 8 }, (_, index): Event => {
    const attributes = { device_system: { text: index % 2 ? 'android' : 'ios' } }
    return { type: 'user', id: `user ${index}`, at: start, user: `u${index}`, attributes }
  }),
  ...Array.from({ length: 400 }, (_, index): Event => {
    const user = `u${random.below(8)}`
    const item = `i${random.below(60)}`
    const at = start + index * minuteMs
    const fact = { type: 'action', id: `deed ${index}`, at, user, item } as const
    const kind = random.below(8)
    if (kind === 0) {
      const text = `star:s${random.below(6)}`
      return { type: 'action', id: `deed ${index}`, at, user, action: 'follow', text }
    }
    if (kind < 5) return { ...fact, action: 'rate', value: 1 + random.below(9) / 2 }
    return { ...fact, action: (['like', 'share', 'click', 'comment'] as const)[index % 4]! }
  }),
]

/** Says how good a row is by the sum of all that it holds, and remembers what it was given. */
function openRanker({ fields }: Encoding, seen: (rows: Rows) => void): Ranker {
  return {
    kind: 'sum',
    fields,
    heads: ['like'],
    save: () => ({ header: { kind: 'sum' }, weights: new Uint8Array() }),
    async predict(rows) {
      seen(rows)
      const columns = columnsOf(rows, fields)
      return [
        Float32Array.from({ length: rows.rowCount }, (_, row) =>
          columns.reduce((sum, column) => sum + column[row % column.length]! / 1_000, 0),
        ),
      ]
    },
  }
}

describe('rows of a declared set', () => {
  const clock = manualClock(start + 401 * minuteMs)
  const resources = held()
  let folder: string
  let parts: Parts
  let engine: OpenEngine
  let encoding: Encoding
  /** What the ranker was given, by run and item: field by field. */
  const given = new Map<string, Record<string, readonly number[]>>()
  /** What stood where on each page, in the order of time. */
  const shown: { readonly request: string; readonly item: string; readonly run: string }[][] = []
  let scorer: Scorer | undefined

  const fromLog = (more: Partial<ExampleSource> = {}): ExampleSource =>
    ({
      ...{ kind: 'log', log: parts.log, attributes: defaultAttributes },
      base: async () => memoryStore(),
      negatives: { kind: 'shown' },
      ...more,
    }) as ExampleSource
  const asked = { set: everything, validationShare: 0, rowCountMax: 10_000, seed: 1 }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'starling-parity-'))
    const delegate: Scorer = {
      ...{ name: 'declared', reads: [], writes: [{ name: 'score', absent: -Infinity }] },
      needs: (context) => scorer?.needs?.(context) ?? [],
      score: (query, candidates) =>
        scorer?.score(query, candidates) ?? [new Float32Array(candidates.items.length)],
      inputs: (...of) => scorer!.inputs!(...of),
    }
    parts = await openParts(
      {
        ...{ folder, clock, seed: 'parity', retrain: false, onProgress: () => undefined },
        onTrouble: (what, error) => assert.fail(`${what}: ${error}`),
        scenes: ({ feed }) => [
          {
            ...{
              name: 'home',
              delivery: 'queued',
              repeatable: false,
              toleratesDeeds: true,
              waitMs: 60_000,
            },
            ...{ description: '', recipe: { ...feed, rank: [delegate] } },
          },
        ],
      },
      { home: await openHome(folder), random: seededRandom('parity'), resources },
    )
    engine = engineOf(parts)
    await engine.record(past())
    const learned = await examplesFor({ ...asked, from: fromLog({ negatives: { kind: 'none' } }) })
    encoding = learned.encoding
    const filler = fillerFor(encoding, parts.residents.ground)
    const watched: typeof filler = {
      ...filler,
      fill(context, rows, known) {
        const filled = filler.fill(context, rows, known)
        const { request } = context as unknown as { request: string }
        for (let row = 0; row < filled.rowCount; row++)
          given.set(
            `${request} ${parts.state.ordinals.id(rows.items[row]!)}`,
            rowIn(filled, encoding, row),
          )
        return filled
      },
    }
    const ranker = openRanker(encoding, () => undefined)
    scorer = byDeclared('declared', { ranker, filler: watched, version: 'declared/1' })
    await livePages()
  })

  after(async () => {
    await resources[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  /** Pages, deeds on them, changes of items between them, and much that comes later. */
  async function livePages(): Promise<void> {
    for (let page = 0; page < 12; page++) {
      clock.advance(7 * minuteMs)
      const user = `u${page % 5}`
      const { items, requestId } = await engine.recommend({ user, scene: 'home', size: 6 })
      const entries = items.map(({ id }) => ({ request: requestId, item: id }))
      const batch = await parts.queue.byRequest(requestId, clock.now())
      shown.push(entries.map((entry, place) => ({ ...entry, run: batch!.items[place]!.run })))
      await engine.track(
        items.flatMap(({ id, token }, place) => [
          { type: 'impression', user, item: id, token, id: `${requestId} ${place}` },
          ...(place % 3 === 0
            ? [{ type: 'rate', user, item: id, token, value: place % 2 ? 2 : 4.5 }]
            : []),
        ]) as never,
      )
      if (page % 4 === 3) {
        const attributes = { genres: ['War', 'Drama'], year: 1999, keywords: [`k${page}`] }
        await engine.putItems([{ id: items[0]!.id, attributes, channels: ['25'] }] as never)
      }
    }
    clock.advance(minuteMs)
    // What comes later may be in the log, and must be in no row.
    await engine.record(
      past()
        .slice(68)
        .map((event) => ({ ...event, id: `${event.id} again`, at: clock.now() })),
    )
  }

  const held12 = () =>
    shown.flatMap((page) => page.map(({ run, item }) => given.get(`${run} ${item}`)!))

  const rowsOf = ({ train }: ExampleSets) =>
    Array.from({ length: train.rowCount }, (_, row) => rowIn(train, encoding, row))

  it('are the same bit by bit when serving and when the log is replayed', async () => {
    const replayed = await examplesFor({ ...asked, encoding, from: fromLog() })
    assert.equal(replayed.train.rowCount, 72)
    assert.deepEqual(rowsOf(replayed), held12())
    assert.deepEqual(
      [...replayed.train.labels.get('like')!],
      shown.flatMap((page) => page.map((_, place) => (place % 3 === 0 && place % 2 === 0 ? 1 : 0))),
    )
  })

  it('tell one item and user from another in every column', () => {
    const constant = encoding.fields.filter(
      ({ name }) => new Set(held12().map((row) => row[name]!.join())).size === 1,
    )
    // No item has more than two stars, nor more keywords; all of it is one scene, in one morning.
    const same =
      /^(article-weight-|publish_num|related_star_|hour|scene|follow_.*related_star_[345]$)/
    assert.deepEqual(
      constant.filter(({ name }) => !same.test(name)),
      [],
    )
  })

  it('are the same in what was logged as used', async () => {
    await parts.lakeStream.consumer!.caughtUp()
    const lake = parts.lakeStream.lake()
    const logged = await examplesFor({ ...asked, encoding, from: { kind: 'logged', lake } })
    assert.deepEqual(rowsOf(logged), held12())
    const replayed = await examplesFor({ ...asked, encoding, from: fromLog() })
    assert.deepEqual(logged.train.labels, replayed.train.labels)
    assert.deepEqual(logged.groups, replayed.groups)
  })

  it('are the same in the trace of the run', async () => {
    const { run } = shown[0]![0]!
    const trace = (await parts.traces.find(run))!
    const { inputs } = trace
    const columns = new Map([...inputs!.shared, ...inputs!.own])
    const { rowCount } = inputs!
    const encoded = encoding.encode({ rowCount, columns })
    for (let place = 0; place < rowCount; place++) {
      const item = parts.state.ordinals.id(trace.items[trace.orders.at(-1)![place]!]!)
      assert.deepEqual(rowIn(encoded, encoding, place), given.get(`${run} ${item}`), item)
    }
  })
})

/** A row by the bits of its values: a number that only prints alike is another one. */
function rowIn({ columns, rowCount }: Rows, { fields }: Encoding, row: number) {
  return Object.fromEntries(
    fields.map((field) => {
      const column = columns.get(field.name)!
      const width = field.kind === 'sequence' ? field.length : 1
      const own = column.length === width * rowCount && rowCount > 0 ? row : 0
      const values = column.slice(own * width, (own + 1) * width)
      return [field.name, [...new Uint32Array(values.buffer, values.byteOffset, width)]]
    }),
  )
}
