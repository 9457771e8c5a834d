import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Event } from '../../../events/event.ts'
import { memoryLog } from '../../../events/log/memory-log.ts'
import { seededRandom } from '../../../kernel/random.ts'
import type { RawColumn } from '../../../state/features/declared/rows.ts'
import { movies } from '../../../state/features/declared/sets/movies.ts'
import { posts } from '../../../state/features/declared/sets/posts.ts'
import { figureOf } from '../../../state/features/declared/sources/figures.ts'
import { openState } from '../../../state/folded-state.ts'
import { memoryStore } from '../../../state/store/memory-store.ts'
import { itemCounters } from '../../../state/tables/item-counters.ts'
import { itemDeeds } from '../../../state/tables/item-deeds.ts'
import { knowledge } from '../../folds.ts'
import { defaultAttributes } from '../../recipes/residents.ts'
import { isDeed, leaksOf, type RowsBefore } from './leaks.ts'
import { replayedRows } from './replayed-rows.ts'
import { tooGoodFields } from './too-good.ts'

/** Times of twelve digits and of thirteen: the latter come first where times are texts. */
const turn = 1_000_000_000_000
const hourMs = 3_600_000

function ratedPast(): readonly Event[] {
  const random = seededRandom('leaks')
  const films = Array.from({ length: 30 }, (_, index): Event => {
    const attributes = {
      genres: { tags: [['Drama', 'Comedy', 'War'][index % 3]!] },
      year: { number: 1950 + index },
      star: { tags: [`s${index % 5}`] },
    }
    const record = { attributes, channels: [], availableFrom: turn - 500 * hourMs }
    return { type: 'item', id: `put ${index}`, at: turn - 400 * hourMs, item: `i${index}`, record }
  })
  const ratings = Array.from({ length: 300 }, (_, index): Event => {
    const at = turn + (index - 150) * hourMs
    const who = { user: `u${random.below(6)}`, item: `i${random.below(30)}`, at }
    const fact = { type: 'action', id: `rating ${index}`, ...who } as const
    if (index % 10 === 0) return { ...fact, action: 'like' }
    return { ...fact, action: 'rate', value: 1 + random.below(9) / 2 }
  })
  return [...films, ...ratings]
}

const log = memoryLog(ratedPast())
const attributes = defaultAttributes
const names = (leaks: readonly { readonly column: string }[]) =>
  leaks.map(({ column }) => column).sort()

describe('leaks of the future', () => {
  it('are in none of the declared sets', async () => {
    for (const set of [movies, posts]) {
      const found = await leaksOf({ log, rows: replayedRows({ set, attributes }), seed: 1 })
      assert.deepEqual(found, [], set.name)
    }
  })

  it('are found in statistics over all ratings, those of the test part included (B-M06)', async () => {
    const rows = replayedRows({
      ...{ set: movies, attributes },
      async ground(own, whole) {
        const state = await openState({ store: memoryStore(), ...knowledge })
        for await (const batch of whole.read(0))
          for (const { offset, event } of batch) await state.fold(offset, [event])
        return { ...own, counters: state.rows(itemCounters), deeds: state.rows(itemDeeds) }
      },
    })
    const found = await leaksOf({ log, rows, seed: 1 })
    assert.deepEqual(names(found), ['movieAvgRating', 'movieRatingCount', 'movieRatingStddev'])
    const count = found.find(({ column }) => column === 'movieRatingCount')!
    assert.ok(Number(count.withLater[0]) > Number(count.without[0]))
    assert.ok(count.moments > 50, `${count.moments} of ${count.of}`)
  })

  it('are found in counters taken when the model is trained, not when the event was (B-F12)', async () => {
    const rows = replayedRows({
      ...{ set: posts, attributes },
      async ground(own, whole) {
        const state = await openState({ store: memoryStore(), ...knowledge })
        for await (const batch of whole.read(0))
          for (const { offset, event } of batch) await state.fold(offset, [event])
        return { ...own, deeds: state.rows(itemDeeds) }
      },
    })
    assert.deepEqual(names(await leaksOf({ log, rows, seed: 1 })), ['liked_num'])
  })

  it('are found where times are ordered as texts (B-M05)', async () => {
    const compared = (order: (one: number, other: number) => number): RowsBefore => {
      return offline((before, after) => order(before.at, after.at))
    }
    const byNumber = compared((one, other) => one - other)
    assert.deepEqual(await leaksOf({ log, rows: byNumber, seed: 1 }), [])
    const byText = compared((one, other) => (String(one) < String(other) ? -1 : 1))
    const found = await leaksOf({ log, rows: byText, seed: 1 })
    assert.deepEqual(names(found), ['userAvgRating', 'userRatedMovie', 'userRatingCount'])
  })

  it('are not told of a log without deeds', async () => {
    const rows = replayedRows({ set: movies, attributes })
    assert.deepEqual(await leaksOf({ log: memoryLog(), rows, seed: 1 }), [])
  })
})

/** The figures of a user as a window over all rows in some order computes them, offline. */
function offline(order: (one: Rating, other: Rating) => number): RowsBefore {
  return async (whole, offsets) => {
    const ratings: Rating[] = []
    for await (const batch of whole.read(0))
      for (const { offset, event } of batch) {
        if (!isDeed(event) || event.value === undefined) continue
        ratings.push({
          offset,
          at: event.at,
          user: event.user,
          item: event.item,
          value: event.value,
        })
      }
    const found = new Map()
    for (const rating of ratings) {
      if (!offsets.has(rating.offset)) continue
      const own = ratings.filter(({ user }) => user === rating.user).sort(order)
      const before = own.slice(0, own.indexOf(rating)).slice(-100)
      const values = before.map(({ value }) => value)
      const columns = new Map<string, RawColumn>([
        ['userRatingCount', Float64Array.of(values.length)],
        ['userAvgRating', Float64Array.of(figureOf('mean', values))],
        ['userRatedMovie', before.slice(-5).map(({ item }) => item)],
      ])
      found.set(rating.offset, { rowCount: 1, columns })
    }
    return found
  }
}

interface Rating {
  readonly offset: number
  readonly at: number
  readonly user: string
  readonly item: string
  readonly value: number
}

describe('the alarm over single fields', () => {
  const random = seededRandom('alarm')
  const rowCount = 400
  const label = Float32Array.from({ length: rowCount }, () => random.below(2))
  const fields = [
    { kind: 'number', name: 'honest', side: 'item' },
    { kind: 'number', name: 'stars-given', side: 'item' },
    { kind: 'category', name: 'outcome', side: 'item', size: 5 },
    { kind: 'category', name: 'row', side: 'item', size: rowCount },
  ] as const
  const columns = new Map<string, Float32Array | Uint32Array>([
    ['honest', label.map((value) => value * 0.6 + random.next())],
    // The mean of a film's ratings, this one included, of films that were rated once.
    ['stars-given', label.map((value) => -(value * 2 + 1 + random.next()))],
    ['outcome', Uint32Array.from(label, (value) => 1 + value * 2 + random.below(2))],
    ['row', Uint32Array.from({ length: rowCount }, (_, row) => row)],
  ])
  const examples = { rowCount, columns, labels: new Map([['like', label]]) }

  it('rings for numbers and ids that tell the label, and for no others', () => {
    const found = tooGoodFields(examples, fields)
    assert.deepEqual(
      found.map(({ field }) => field),
      ['stars-given', 'outcome'],
    )
    assert.ok(found.every(({ auc }) => auc === 1))
  })

  it('says nothing of labels that are of one kind', () => {
    const labels = new Map([['like', new Float32Array(rowCount)]])
    assert.deepEqual(tooGoodFields({ ...examples, labels }, fields), [])
  })
})
