import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { easeModel } from '../../../models/ease/ease-model.ts'
import { madeUpPast, smallWorld } from '../../../state/sets/small-world.suite.ts'
import { unseen } from '../fit.ts'
import { recalled, sourceSuite } from '../source.suite.ts'
import { fromModel } from './from-model.ts'

/** Each item speaks for the next one, and a little for the one after; the last for none. */
function nextOnes(itemCount: number) {
  const weights = new Float32Array(itemCount * itemCount)
  for (let item = 0; item + 1 < itemCount; item++) {
    weights[item * itemCount + item + 1] = 2
    if (item + 2 < itemCount) weights[item * itemCount + item + 2] = 1
    // What it speaks against is not proposed.
    if (item > 0) weights[item * itemCount + item - 1] = -1
  }
  return easeModel(itemCount, weights)
}

sourceSuite('what a model expects', ({ state, catalogue }) => {
  const model = nextOnes(Math.max(1, state.ordinals.size))
  return fromModel({ name: 'ease', inForce: () => model, fit: unseen(catalogue) })
})

describe('what a model expects', () => {
  it('begins with what goes best with all that was liked, the newest last', async () => {
    const at = Date.UTC(2026, 0, 1)
    const world = await smallWorld([
      { id: 'a', type: 'action', user: 'ann', item: 'i1', action: 'like', at },
      { id: 'b', type: 'action', user: 'ann', item: 'i5', action: 'like', at: at + 1 },
    ])
    const { state, catalogue } = world
    const asked: number[][] = []
    const model = nextOnes(state.ordinals.size)
    const score = (items: Uint32Array, weights: Float32Array) => {
      asked.push([...items])
      return model.score(items, weights)
    }
    const inForce = () => ({ itemCount: model.itemCount, score })
    const source = fromModel({ name: 'ease', inForce, fit: unseen(catalogue) })
    const [one, five] = ['i1', 'i5'].map((id) => state.ordinals.of(id)!)
    await recalled(world, source, 3, { user: 'ann' })
    assert.deepEqual(asked, [[one, five]])
    await recalled(world, source, 3, { user: 'ann', beside: five! })
    assert.deepEqual(asked.at(-1), [five])
  })

  it('is nothing before there is a model, and of what came after it', async () => {
    const world = await smallWorld(madeUpPast(1))
    const fit = unseen(world.catalogue)
    const none = fromModel({ name: 'ease', inForce: () => undefined, fit })
    assert.deepEqual(await recalled(world, none, 9), [])
    const old = fromModel({ name: 'ease', inForce: () => nextOnes(1), fit })
    const late = world.state.ordinals.size - 1
    assert.deepEqual(await recalled(world, old, 9, { beside: late }), [])
  })
})
