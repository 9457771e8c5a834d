import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../kernel/random.ts'
import { openState } from '../state/folded-state.ts'
import { madeUpHistory } from '../state/made-up-history.suite.ts'
import type { Projection } from '../state/projections/projection.ts'
import type { State } from '../state/state.ts'
import { memoryStore } from '../state/store/memory-store.ts'
import type { Store } from '../state/store/store.ts'
import { folds } from './folds.ts'

const seeds = [1, 2, 3, 4, 5, 6]
const runs = seeds.map((seed) => ({ seed, random: seededRandom(seed) }))

/** All rows, in hexadecimal: what two states must agree on. */
async function rowsOf(store: Store): Promise<readonly string[]> {
  const rows: string[] = []
  for await (const batch of store.scan('')) {
    for (const [key, value] of batch) rows.push(`${key} ${Buffer.from(value).toString('hex')}`)
  }
  return rows
}

/**
 * Watches every value that is made: it must be the one that its bytes give, and give those bytes.
 */
function readBack(state: State, projection: Projection<unknown>): void {
  state.watch(projection, (key, value) => {
    if (value === undefined) return
    const bytes = projection.encode(value)
    const again = projection.decode(bytes)
    assert.deepEqual(again, value, `${projection.name}/${key} reads back as another value`)
    assert.deepEqual(projection.encode(again), bytes, `${projection.name}/${key} has two encodings`)
  })
}

test('every value in memory is the value that would be read back from the store', async () => {
  for (const { seed, random } of runs) {
    await using state = await openState({ store: memoryStore(), ...folds })
    for (const projection of folds.projections) readBack(state, projection)
    const events = madeUpHistory(random.fork('values'), { count: 250 })
    await assert.doesNotReject(state.fold(0, events), `seed ${seed}`)
  }
})

test('the state is the same bytes however its folding was cut by crashes and small caches', async () => {
  for (const { seed, random } of runs) {
    const events = madeUpHistory(random.fork('rows'), { count: 400 })
    const whole = memoryStore()
    await using once = await openState({ store: whole, ...folds })
    await once.fold(0, events)
    await once.checkpoint()

    const pieces = memoryStore()
    const open = () => openState({ store: pieces, ...folds, cacheBytes: 20_000 })
    let state: State = await open()
    while (state.offset < events.length) {
      // A crash: what was not checkpointed is gone, and is folded again.
      if (random.below(4) === 0) state = await open()
      const first = state.offset
      await state.fold(first, events.slice(first, first + 1 + random.below(40)))
      if (random.below(2) === 0) await state.checkpoint()
    }
    await state.checkpoint()
    assert.deepEqual(await rowsOf(pieces), await rowsOf(whole), `seed ${seed}`)
  }
})
