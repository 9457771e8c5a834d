import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ask } from '../../feed/pipeline/made-up-recipe.suite.ts'
import { careNeeds } from '../../state/features/interests/cares-of.ts'
import { tasteNeeds } from '../../state/features/taste.ts'
import { act, rate, smallWorld, worldStart } from '../../state/sets/small-world.suite.ts'
import { groundsOf } from './grounds.ts'

/** Ada and others liked Heat and Ronin together; u liked Heat, then Up, and disliked Ran. */
const past = [
  ...['ada', 'bob', 'cyd'].flatMap((user) => [
    act(user, 'like', 'heat', worldStart),
    act(user, 'like', 'ronin', worldStart + 1),
  ]),
  rate('u', 'heat', 5, worldStart + 2),
  rate('u', 'up', 4, worldStart + 3),
  rate('u', 'ran', 1, worldStart + 4),
]

/** Up and Wall-E point the same way, Heat another, and nothing was learned of Ronin. */
const vectors: Readonly<Record<string, readonly [number, number]>> = {
  heat: [1, 0],
  up: [0, 2],
  'wall-e': [0.1, 1],
  ronin: [0, 0],
}

async function groundsFor(ids: readonly string[]) {
  const { state, neighbors, catalogue } = await smallWorld([...past, act('eve', 'like', 'wall-e')])
  const factors = {
    dims: 2,
    itemCount: state.ordinals.size,
    items: Float32Array.from({ length: state.ordinals.size * 2 }, (_, index) => {
      return vectors[state.ordinals.id(index >> 1)]?.[index & 1] ?? 0
    }),
    foldIn: () => Float32Array.of(1, 1),
    footing: { alpha: 1, stiffness: 1 },
  }
  const asked = ask({ user: 'u', at: worldStart + 9 })
  const query = { ...asked, known: await state.read([...tasteNeeds(asked), ...careNeeds(asked)]) }
  const items = Uint32Array.from(ids, (id) => state.ordinals.of(id)!)
  const grounds = groundsOf({
    ...{ neighbors, factors: () => factors, catalogue, attributes: { tags: ['genres'] } },
  })(query, items)
  return { ...grounds, liked: grounds.liked.map(({ item }) => state.ordinals.id(item)) }
}

describe('the grounds of a run', () => {
  it('are what the user liked, newest first, and not what they disliked', async () => {
    const { liked } = await groundsFor(['ronin'])
    assert.deepEqual(liked, ['up', 'heat'])
  })

  it('mark the likes that others had together with an item, and those of the same people', async () => {
    const { together, alike } = await groundsFor(['ronin', 'wall-e', 'up'])
    const [up, heat] = [0b01, 0b10]
    // Up speaks for itself to nobody; u liked it after Heat, which is a pair of its own.
    assert.deepEqual([...together], [heat, 0, heat])
    assert.deepEqual([...alike], [0, up, 0])
  })
})
