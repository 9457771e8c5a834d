import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ActionEvent, Event } from '../../events/event.ts'
import { openState } from '../folded-state.ts'
import { history } from '../projections/history.ts'
import { items } from '../projections/items.ts'
import { parameters } from '../projections/parameters.ts'
import { act as acted, erase, merge } from '../projections/value-after.suite.ts'
import { memoryStore } from '../store/memory-store.ts'
import { caredMost, caresAt } from './cares.ts'
import { defaultInterests } from './interest-weights.ts'
import { crowdedAt } from './lasting.ts'
import type { Profile } from './profile.ts'
import { profile } from './profile-fold.ts'
import type { TopicRows } from './topics/topic-rows.ts'

const dayMs = 86_400_000
const minuteMs = 60_000
/** Midnight, so that a day is a day. */
const start = 20_000 * dayMs

async function after(events: readonly Event[], user = 'u'): Promise<Profile | undefined> {
  const projections = [parameters, items, history, profile]
  const state = await openState({ store: memoryStore(), projections, tables: [] })
  await state.fold(0, events)
  return (await state.read([{ projection: profile, key: user }])).get(profile, user)
}

function put(item: string, tags: readonly string[], channels: readonly string[] = []): Event {
  const attributes = { topics: { tags } }
  return { type: 'item', id: `put ${item}`, at: start, item, record: { attributes, channels } }
}

function act(
  action: ActionEvent['action'],
  item: string,
  more: Partial<ActionEvent> = {},
): ActionEvent {
  return acted('u', action, item, { at: start, ...more })
}

/** Weights by `channel/tag` at a moment, those of nothing left out. */
async function weights(
  events: readonly Event[],
  kind: 'lasting' | 'session' = 'lasting',
  at = start,
): Promise<Readonly<Record<string, number>>> {
  const found = await after(events)
  if (found === undefined) return {}
  const cares = caresAt(found, at, defaultInterests)[kind]
  return Object.fromEntries(cares.map(({ channel, tag, weight }) => [`${channel}/${tag}`, weight]))
}

/** The place of a tag in no channel; -1 where it is not held. */
function placeOf({ table, topics }: TopicRows, tag: string): number {
  return topics.findIndex((topic) => {
    const { channel, attribute, tag: own } = table.topic(topic)
    return channel === '' && attribute === 'topics' && own === tag
  })
}

const one = put('one', ['physics', 'space'])
const other = put('other', ['space', 'film'])

describe('the profile of system N, as its arithmetic was meant (N-92, B-N30)', () => {
  it('sums the weights of all articles of a topic, and never overwrites (B-N30)', async () => {
    const deeds = [act('click', 'one'), act('share', 'other'), act('collect', 'other')]
    assert.deepEqual(await weights([one, other, ...deeds]), {
      '/space': 10,
      '/physics': 5,
      '/film': 5,
    })
  })

  it('takes from a weight by 1 / (ln(days + 1) + 1), exact to the day however late it is read', async () => {
    const late = act('share', 'one', { at: start + 3 * dayMs })
    for (const days of [3, 4, 10, 400, 5_000]) {
      const { '/physics': weight } = await weights(
        [one, act('click', 'one'), late],
        'lasting',
        start + days * dayMs,
      )
      const expected = 5 / (Math.log(days + 1) + 1) + 3 / (Math.log(days - 3 + 1) + 1)
      assert.ok(Math.abs(weight! - expected) < 1e-9, `${days} days: ${weight}`)
    }
  })

  it('raises nothing for what was merely shown (B-N30)', async () => {
    assert.equal(await after([one, act('impression', 'one'), act('rerank', 'one')]), undefined)
  })

  it('weighs reading by the longest time of a day, as a number (B-N30)', async () => {
    const read = (value: number, at = start) => act('read', 'one', { value, at })
    assert.deepEqual(await weights([one, read(900), read(95)]), { '/physics': 1, '/space': 1 })
    // As texts, "900" is more than "1000".
    assert.equal((await weights([one, read(900), read(1_000), read(30)]))['/space'], 2)
    const tomorrow = await weights([one, read(900), read(1_000, start + dayMs)], 'lasting', start)
    assert.equal(tomorrow['/space'], 3)
  })

  it('joins an article to its own topics and no others (B-N30)', async () => {
    assert.deepEqual(await weights([one, other, act('click', 'one')]), {
      '/physics': 5,
      '/space': 5,
    })
    assert.deepEqual(await weights([one, act('click', 'nobody described it')]), {})
  })

  it('keeps reading and clicking apart (B-N31)', async () => {
    const read = await weights([one, act('read', 'one', { value: 60_000 })])
    const clicked = await weights([one, act('click', 'one')])
    assert.deepEqual([read['/space'], clicked['/space']], [2, 5])
    const { statistics } = (await after([one, act('read', 'one'), act('click', 'one')]))!
    assert.deepEqual(statistics?.actions, { read: 1, click: 1 })
  })

  it("counts within the item's own channels, wherever it was met (N-14)", async () => {
    const item = put('mine', ['space'], ['18', '19'])
    const deed = act('click', 'mine', { channel: '0' })
    assert.deepEqual(await weights([item, deed]), { '18/space': 5, '19/space': 5 })
  })

  it('tells the heaviest interests first (B-N21)', async () => {
    const topics = Array.from({ length: 12 }, (_, index) => put(`i${index}`, [`t${index}`]))
    const deeds = topics.flatMap((_, index) =>
      Array.from({ length: 1 + ((index * 5) % 12) }, (_, day) =>
        act('collect', `i${index}`, { at: start + day * dayMs }),
      ),
    )
    const { lasting } = caresAt((await after([...topics, ...deeds]))!, start, defaultInterests)
    const told = caredMost(lasting).map(({ weight }) => weight)
    assert.deepEqual(told, [24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2])
  })
})

describe('a profile', () => {
  it('counts the same thing done to an item on a day once', async () => {
    const likes = [0, 1, 2].map((minute) => act('like', 'one', { at: start + minute * minuteMs }))
    assert.equal((await weights([one, ...likes]))['/space'], 4)
    const tomorrow = act('like', 'one', { at: start + dayMs })
    assert.equal((await weights([one, ...likes, tomorrow]))['/space'], 8)
  })

  it('takes back what was taken back, on the day on which it counted', async () => {
    const later = { at: start + 5 * dayMs }
    assert.deepEqual(await weights([one, act('like', 'one'), act('unlike', 'one', later)]), {})
    const again = [act('like', 'one'), act('unlike', 'one'), act('like', 'one')]
    assert.equal((await weights([one, ...again]))['/space'], 4)
    const rated = [act('rate', 'one', { value: 5 }), act('rate', 'one', { value: 3, ...later })]
    assert.equal((await weights([one, ...rated]))['/space'], 1)
    assert.deepEqual(await weights([one, act('unlike', 'one')]), {})
  })

  it('tells the deeds that weigh most, each with what it weighs', async () => {
    const found = (await after([
      ...[one, other, act('collect', 'one'), act('click', 'other', { at: start + 1 })],
      ...[act('share', 'one', { at: start + 2 }), act('read', 'one', { at: start + 3 })],
    ]))!
    const proofs = found.lasting.proofs[placeOf(found.lasting, 'space')]!
    assert.deepEqual(
      proofs.map(({ deed, weight }) => [deed.action, deed.item, weight]),
      [
        ['click', 1, 5],
        ['share', 0, 3],
        ['collect', 0, 2],
      ],
    )
    const undone = (await after([one, act('like', 'one'), act('unlike', 'one')]))!
    assert.equal(undone.lasting.size, 0)
  })

  it('holds dislikes and what was swiped past against topics', async () => {
    const swipe = act('swipe-past', 'other', { value: 0.1 })
    const told = await weights([one, other, act('dislike', 'one'), swipe])
    assert.deepEqual(told, { '/film': -1, '/physics': -5, '/space': -6 })
  })

  it('halves what a session says every ten minutes, and ends it after a pause of thirty', async () => {
    const at = (minute: number) => ({ at: start + minute * minuteMs })
    const deeds = [act('click', 'one', at(0)), act('share', 'other', at(10))]
    const told = await weights([one, other, ...deeds], 'session', start + 20 * minuteMs)
    assert.deepEqual(told, { '/space': 2.75, '/film': 1.5, '/physics': 1.25 })
    const over = start + 41 * minuteMs
    assert.deepEqual(await weights([one, other, ...deeds], 'session', over), {})
    const next = await after([one, other, ...deeds, act('click', 'other', { at: over })])
    assert.deepEqual([next?.session?.deedCount, next?.statistics?.sessions], [1, 2])
    assert.equal(placeOf(next!.session!.interests, 'physics'), -1)
  })

  it('takes what comes in late into its own time', async () => {
    const late = act('click', 'other', { at: start - 2 * dayMs })
    const found = (await after([one, other, act('click', 'one'), late]))!
    assert.deepEqual([found.updatedAt, found.session?.deedCount], [start, 1])
    assert.equal(found.statistics?.days.length, 2)
    assert.deepEqual(found.statistics?.days, [19_998, 20_000])
    const told = await weights([one, other, act('click', 'one'), late])
    assert.ok(Math.abs(told['/film']! - 5 / (Math.log(3) + 1)) < 1e-9)
  })

  it('weighs by what is in force as it happens', async () => {
    const change: Event = {
      ...{ type: 'parameter', id: 'p', at: start, name: 'interests', by: 'olga' },
      value: { weights: { click: 1 } },
    }
    const deeds = [act('click', 'one'), change, act('click', 'other'), act('share', 'other')]
    assert.deepEqual(await weights([one, other, ...deeds]), {
      '/space': 6,
      '/physics': 5,
      '/film': 1,
    })
  })

  it('is bounded: the lightest interests go', async () => {
    const puts = Array.from({ length: 60 }, (_, index) =>
      put(
        `i${index}`,
        Array.from({ length: 8 }, (_, tag) => `t${index}/${tag}`),
      ),
    )
    const deeds = puts.map((_, index) => act(index < 8 ? 'like' : 'read', `i${index}`))
    const found = (await after([...puts, ...deeds]))!
    assert.ok(found.lasting.size <= crowdedAt, `${found.lasting.size}`)
    for (let index = 0; index < 8; index++) {
      assert.ok(placeOf(found.lasting, `t${index}/4`) >= 0, 'liked, and forgotten')
    }
  })

  it('counts what was done: days, sessions, and ratings with their spread', async () => {
    const rates = [2, 4, 4, 4, 5, 5, 7, 9].map((value, day) =>
      act('rate', `r${day}`, { value, at: start + day * dayMs }),
    )
    const { statistics, version } = (await after([...rates, act('click', 'x')]))!
    const { ratings, days, sessions, actions } = statistics!
    assert.deepEqual([version, days.length, sessions], [9, 8, 8])
    assert.deepEqual(actions, { rate: 8, click: 1 })
    assert.deepEqual([ratings.count, ratings.mean], [8, 5])
    assert.ok(Math.abs(Math.sqrt(ratings.squares / ratings.count) - 2) < 1e-9)
  })

  it('of two users who are one is that of both, and goes with an erasure', async () => {
    const own = (user: string, event: ActionEvent) => ({ ...event, user })
    const follow = (user: string): ActionEvent => {
      return { ...acted(user, 'follow', undefined, { text: ' director:Agnès Varda ' }), at: start }
    }
    const deeds = [
      ...[own('v', act('click', 'one')), own('u', act('share', 'other')), follow('v')],
      ...[own('v', act('rate', 'one', { value: 5 })), own('u', act('rate', 'other', { value: 3 }))],
    ]
    const events = [one, other, ...deeds, merge('v', 'u')]
    assert.deepEqual(await weights(events), {
      '/director:Agnès Varda': 10,
      '/space': 14,
      '/physics': 10,
      '/film': 4,
    })
    assert.equal((await weights(events, 'session'))['/space'], 14)
    const found = (await after(events))!
    assert.equal(found.version, 6)
    assert.deepEqual(found.statistics?.ratings, { count: 2, mean: 4, squares: 2 })
    assert.deepEqual([...found.follows], [['director:Agnès Varda', start]])
    assert.equal(await after(events, 'v'), undefined)
    assert.equal(await after([...events, erase('u')]), undefined)
    assert.deepEqual(await after([...events, merge('u', 'u')]), found)
  })
})
