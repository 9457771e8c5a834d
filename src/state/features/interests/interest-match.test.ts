import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Event } from '../../../events/event.ts'
import { act, put, rate, smallWorld, worldStart } from '../../sets/small-world.suite.ts'
import { unrecalled } from '../feature.ts'
import { interestMatch } from './interest-match.ts'

const minuteMs = 60_000

function film(id: string, genres: readonly string[], channels: readonly string[] = []): Event {
  return put(id, { attributes: { genres: { tags: genres } }, channels })
}

/** What the features say of every item, by id. */
async function matches(past: readonly Event[], at: number) {
  const { state, catalogue } = await smallWorld(past)
  const [lasting, session] = interestMatch(catalogue, ['channels', 'genres'])
  const items = Uint32Array.from({ length: state.ordinals.size }, (_, item) => item)
  const context = { user: 'u', at, scene: 'home', channel: '', fields: {} }
  const told = async (feature: typeof lasting) => {
    const known = await state.read(feature!.needs(context))
    const out = new Float32Array(items.length).fill(feature!.absent)
    feature!.fill({ ...context }, unrecalled(items), known, out)
    return Object.fromEntries(Array.from(out, (value, item) => [state.ordinals.id(item), value]))
  }
  return { lasting: await told(lasting), session: await told(session) }
}

const heat = film('heat', ['crime', 'drama'])
const ran = film('ran', ['drama', 'war'])
const up = film('up', ['comedy'])

describe('how an item goes with interests', () => {
  it('is the share of them that falls on its topics', async () => {
    const { lasting, session } = await matches(
      [heat, ran, up, act('u', 'click', 'heat')],
      worldStart,
    )
    // Ten for two topics, and five in doubt.
    assert.deepEqual(lasting, {
      heat: Math.fround(10 / 15),
      ran: Math.fround(5 / 15),
      up: 0,
    })
    assert.deepEqual(session, lasting)
  })

  it('is below 0 where they would rather have less of it', async () => {
    const dislike = act('u', 'dislike', 'ran')
    const { lasting } = await matches(
      [heat, ran, up, act('u', 'click', 'heat'), dislike],
      worldStart,
    )
    assert.ok(lasting['ran']! < 0 && lasting['heat']! > 0 && lasting['up'] === 0)
  })

  it("is told within the item's own channels, and the best of several counts", async () => {
    const past = [
      ...[film('a', ['crime'], ['one']), film('b', ['crime'], ['two'])],
      ...[film('c', ['crime'], ['two', 'one']), film('d', ['crime']), act('u', 'click', 'a')],
    ]
    const { lasting } = await matches(past, worldStart)
    assert.deepEqual(lasting, { a: 0.5, b: 0, c: 0.5, d: 0 })
  })

  it('tells the session by itself: it is over where what lasts goes on', async () => {
    const past = [heat, up, act('u', 'click', 'heat')]
    const { lasting, session } = await matches(past, worldStart + 31 * minuteMs)
    assert.ok(lasting['heat']! > 0)
    assert.equal(session['heat'], 0)
  })

  it('takes what is followed for an interest in every channel', async () => {
    const follow: Event = {
      ...{ type: 'action', id: 'f', at: worldStart, action: 'follow', user: 'u' },
      text: 'genres: crime',
    }
    const other = film('other', ['crime'], ['one'])
    const { lasting } = await matches([heat, up, other, follow], worldStart)
    assert.deepEqual(lasting, { heat: Math.fround(10 / 15), up: 0, other: Math.fround(10 / 15) })
  })

  it('says nothing of somebody else', async () => {
    const past = [heat, up, rate('v', 'heat', 5)]
    assert.deepEqual((await matches(past, worldStart)).lasting, { heat: 0, up: 0 })
  })
})
