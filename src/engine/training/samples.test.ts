import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Event, ItemEvent, Shown } from '../../events/event.ts'
import { memoryLog } from '../../events/log/memory-log.ts'
import { openState } from '../../state/folded-state.ts'
import { act, serve } from '../../state/projections/value-after.suite.ts'
import { memoryStore } from '../../state/store/memory-store.ts'
import { folds, knowledge } from '../folds.ts'
import { orderedSources } from '../recipes/recipes.ts'
import { defaultAttributes, openResidents } from '../recipes/residents.ts'
import { type SampleOptions, sampleGroups } from './samples.ts'

const start = 1_700_000_000_000

const puts = Array.from({ length: 60 }, (_, index): ItemEvent => {
  const record = { attributes: {}, channels: [] }
  return { type: 'item', id: `put ${index}`, at: start, item: `i${index}`, record }
})

const featureNames = await (async () => {
  const state = await openState({ store: memoryStore(), ...knowledge })
  const world = { state, attributes: defaultAttributes, sources: orderedSources, at: 0 }
  const { features } = await openResidents({ ...world, factors: () => undefined })
  return features.map(({ name }) => name)
})()

const page = serve('u', ['i0', 'i1', 'i2', 'i3'], { at: start + 10, request: 'r1' })

/** Something done with an item of the page. */
function onPage(action: Parameters<typeof act>[1], position: number, value?: number): Event {
  const shown: Shown = {
    ...{ request: 'r1', batch: 1, position, scene: 'home', channel: '', arms: [] },
    ...{ sources: [], model: '', servedAt: start + 10 },
  }
  const more = value === undefined ? {} : { value }
  return act('u', action, `i${position}`, { at: start + 20 + position, shown, ...more })
}

function groupsOf(events: readonly Event[], more: Partial<SampleOptions> = {}) {
  return sampleGroups({
    log: memoryLog([...puts, ...events]),
    base: async () => memoryStore(),
    attributes: defaultAttributes,
    from: 0,
    factorsAt: () => undefined,
    groupCount: 1_000,
    likeCount: 1,
    pageCount: 1,
    seed: 'samples',
    ...more,
  })
}

describe('samples', () => {
  it('of a page are its items down to the last one that was acted on, with what was done', async () => {
    const deeds = [onPage('like', 1), onPage('click', 2), onPage('unlike', 2), onPage('dislike', 0)]
    const [group, ...others] = await groupsOf([page, ...deeds])
    assert.deepEqual(others, [])
    assert.deepEqual([...group!.labels], [0, 1, 0])
    assert.deepEqual([...group!.weights], [1, 1, 1])
    assert.deepEqual([group!.at, group!.user], [start + 10, 'u'])
    assert.equal(group!.rows.length % 3, 0)
  })

  it('of a page weigh what was done with an item together', async () => {
    const [group] = await groupsOf([
      page,
      onPage('like', 0),
      onPage('unlike', 0),
      onPage('click', 1),
      onPage('impression', 1),
    ])
    assert.deepEqual([...group!.labels], [0, 1])
  })

  it('of a page are those items that were looked at, where that is reported, liked or not', async () => {
    const looks = [onPage('impression', 0), onPage('impression', 3), onPage('rate', 0, 1)]
    const [group] = await groupsOf([page, ...looks])
    assert.deepEqual([...group!.labels], [0, 0])
    const [other] = await groupsOf([page, onPage('impression', 1), onPage('like', 3)])
    assert.deepEqual([...other!.labels], [0, 1])
    assert.equal(other!.rows.length, group!.rows.length)
  })

  it('are not taken of a page of which nothing is known, nor of what stands beside an item', async () => {
    assert.deepEqual(await groupsOf([page]), [])
    assert.deepEqual(await groupsOf([page, onPage('rate', 0, 1)]), [])
    const beside = { ...page, repeatable: true, recipe: 'similar' }
    assert.deepEqual(await groupsOf([beside, onPage('like', 1)]), [])
  })

  it('of a like out of the blue are what was taken, and some of what was on offer', async () => {
    const [group] = await groupsOf([act('u', 'like', 'i7', { at: start + 5 })])
    assert.equal(group!.labels.length, 31)
    assert.deepEqual([...group!.labels].filter(Boolean), [1])
    assert.equal(group!.labels[0], 1)
    const [taken, other] = group!.weights
    assert.equal(taken, 1)
    // The thirty stand for all that recall offered and that was left.
    assert.equal(other, Math.fround(59 / 30))
  })

  it('begin where they are told to, and know what lay before', async () => {
    const early = act('u', 'like', 'i7', { at: start + 5 })
    const late = act('u', 'like', 'i9', { at: start + 9 })
    const groups = await groupsOf([early, late], { from: puts.length + 1 })
    assert.deepEqual(
      groups.map(({ at }) => at),
      [start + 9],
    )
    const [, whole] = await groupsOf([early, late])
    assert.deepEqual(groups[0]!.rows.length, whole!.rows.length)
  })

  it('know of interests what was known at their moment, and nothing that came after', async () => {
    const described = puts.map((each, index): ItemEvent => {
      const genres = { tags: [index % 2 === 0 ? 'even' : 'odd'] }
      return { ...each, record: { attributes: { genres }, channels: [] } }
    })
    const before = act('u', 'click', 'i40', { at: start + 1 })
    const after = act('u', 'click', 'i41', { at: start + 30 })
    const rowsAfter = async (more: readonly Event[]) => {
      const log = memoryLog([...described, ...more])
      const groups = await groupsOf([], { log })
      return groups.find(({ at }) => at === page.at)!.rows
    }
    const plain = await rowsAfter([page, onPage('like', 1)])
    assert.deepEqual(await rowsAfter([page, onPage('like', 1), after]), plain)
    const informed = await rowsAfter([before, page, onPage('like', 1)])
    const width = informed.length / 2
    const [session, lasting] = ['session-interest', 'lasting-interest'].map((name) =>
      featureNames.indexOf(name),
    )
    for (const index of [session!, lasting!]) {
      assert.ok(index > 0)
      assert.deepEqual([plain[index], plain[width + index]], [0, 0])
      assert.ok(informed[index]! > 0, 'i0 is even, and so was what was clicked')
      assert.equal(informed[width + index], 0)
    }
  })

  it('are thinned where there are more than are wanted', async () => {
    const likes = Array.from({ length: 40 }, (_, index) =>
      act(`u${index}`, 'like', `i${index}`, { at: start + index }),
    )
    const all = await groupsOf(likes, { groupCount: 40, likeCount: 40 })
    const few = await groupsOf(likes, { groupCount: 10, likeCount: 40 })
    assert.ok(all.length > 25, `${all.length}`)
    assert.ok(few.length < 20 && few.length > 2, `${few.length}`)
  })

  it('of a page of shelves are likes out of the blue: its order is no ranking', async () => {
    // Popular enough to be recalled.
    const known = Array.from({ length: 20 }, (_, index) =>
      act('v', 'like', `i${index}`, { at: start + 5 + index / 100 }),
    )
    const shelves = { ...page, repeatable: true, recipe: 'shelves' }
    const groups = await groupsOf([...known, shelves, onPage('impression', 0), onPage('like', 1)])
    const own = groups.filter(({ user }) => user === 'u')
    assert.deepEqual(
      own.map(({ at }) => at),
      [start + 21],
    )
    assert.ok(own[0]!.labels.length > 10)
    assert.equal(own[0]!.labels[0], 1)
  })

  it('are taken from all that is left of a trimmed log', async () => {
    const likes = Array.from({ length: 20 }, (_, index) =>
      act(`u${index}`, 'like', `i${index}`, { at: start + index }),
    )
    const log = memoryLog([...puts, ...likes])
    const base = memoryStore()
    const state = await openState({ store: base, ...folds })
    await state.fold(0, [...puts, ...likes.slice(0, 8)])
    await state.checkpoint()
    await log.trim(puts.length + 8)
    const left = await groupsOf([], { log, base: async () => base })
    const whole = await groupsOf(likes)
    assert.ok(left.length > 0)
    assert.deepEqual(
      left.map(({ at }) => at),
      whole.slice(-left.length).map(({ at }) => at),
    )
    assert.deepEqual(left.at(-1)!.rows.length, whole.at(-1)!.rows.length)
  })
})
