import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import type { parameterView } from '../../../state/parameter-view.ts'
import { candidateSets } from '../../../state/sets/candidate/candidate-sets.ts'
import { defaultSets } from '../../../state/sets/candidate/set-declaration.ts'
import { setWorld } from '../../../state/sets/candidate/set-world.suite.ts'
import {
  act,
  put,
  type SmallWorld,
  serve,
  worldStart,
} from '../../../state/sets/small-world.suite.ts'
import { itemCounters } from '../../../state/tables/item-counters.ts'
import { unseen } from '../fit.ts'
import { recalled, sourceSuite } from '../source.suite.ts'
import { fromSet } from './from-set.ts'

/** Sets over a world that was made already, as no parameter was ever set in it. */
function setsOver({ state, catalogue, activity, fresh }: SmallWorld) {
  const parameters: Awaited<ReturnType<typeof parameterView>> = { get: () => undefined }
  return candidateSets({
    ...{ state, catalogue, activity, fresh, parameters, inBackground: false },
    ...{ ordinals: state.ordinals, counters: state.rows(itemCounters) },
    random: seededRandom('sets'),
    condition: () => () => true,
  })
}

for (const name of [...Object.keys(defaultSets), 'nobody declared it']) {
  sourceSuite(`from the set ${name}`, (world) =>
    fromSet(setsOver(world), name, unseen(world.catalogue)),
  )
}

describe('from a set', () => {
  it('comes what is new to the user, best first, under the name of the set', async () => {
    const world = await setWorld({
      past: [
        ...['a', 'b', 'c'].map((item) => put(item)),
        ...['v', 'w', 'x'].map((user) => act(user, 'like', 'a')),
        ...['v', 'w'].map((user) => act(user, 'like', 'b')),
        act('v', 'like', 'c'),
        serve('u1', ['b']),
      ],
      declared: { hits: { kind: 'hot', hours: 720 } },
    })
    const source = fromSet(world.sets, 'hits', unseen(world.catalogue))
    assert.equal(source.name, 'hits')
    assert.deepEqual(await recalled(world, source, 5, { at: worldStart }), ['a', 'c'])
    assert.deepEqual(await recalled(world, source, 1, { at: worldStart }), ['a'])
  })

  it('a random one is a pool that each request draws from (F-25)', async () => {
    const past = Array.from({ length: 2_000 }, (_, item) => put(`i${item}`))
    const world = await setWorld({ past, declared: { pool: { kind: 'random', capacity: 1_000 } } })
    const source = fromSet(world.sets, 'pool', unseen(world.catalogue))
    const held = new Set(world.ids('pool', worldStart))
    const draw = (seed: string) =>
      recalled(world, source, 20, { at: worldStart, random: seededRandom(seed) })
    const [one, other] = [await draw('one'), await draw('other')]
    assert.equal(new Set(one).size, 20)
    assert.ok([...one, ...other].every((id) => held.has(id)))
    assert.notDeepEqual(one, other)
    assert.deepEqual(await draw('one'), one)
  })
})
