import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { sequenceModelSuite } from '../sequence.suite.ts'
import { sequencesOf } from '../sequences.ts'
import { fitSessionKnn, type SessionKnnOptions } from './session-knn.ts'
import { loadSessionKnn } from './session-knn-model.ts'

const options: SessionKnnOptions = {
  sessions: 1_000,
  memory: 5,
  decay: 0.7,
  sample: 200,
  neighbors: 100,
  halfLife: 100,
  nearness: 0.5,
  backward: 0.5,
  lengthRestraint: 0.5,
  restraint: 0.2,
}

sequenceModelSuite({
  kind: 'session-knn',
  fit: (sequences, run) => fitSessionKnn(sequences, { ...options, ...run }),
  load: loadSessionKnn,
})

const itemCount = 15
const random = seededRandom('sessions')
const rows = Array.from({ length: 40 }, () =>
  Array.from({ length: 2 + random.below(5) }, () => random.below(itemCount)),
)
const sessions = sequencesOf(rows, itemCount)

/** The definition, from all sessions. */
function scoreOf(past: readonly number[], item: number): number {
  const asked = past.toReversed().slice(0, options.memory)
  const sessionsWith = rows.filter((row) => row.includes(item)).length
  let score = 0
  for (const [session, row] of rows.entries()) {
    const shared = asked.filter((each, back) => row.includes(each) && asked.indexOf(each) === back)
    if (shared.length === 0) continue
    let similarity = 0
    for (const each of shared) similarity += 0.7 ** asked.indexOf(each)
    similarity *= 0.5 ** ((rows.length - 1 - session) / 100)
    similarity /= Math.sqrt(row.length)
    const meeting = row.lastIndexOf(shared[0]!)
    for (const [place, each] of row.entries()) {
      if (each !== item) continue
      const side = place < meeting ? 0.5 : 1
      score += similarity * side * 0.5 ** Math.max(0, Math.abs(place - meeting) - 1)
    }
  }
  return score / Math.max(1, sessionsWith) ** 0.2
}

test('an item scores by the sessions alike that it stands in, and by where it stands', async () => {
  const model = await fitSessionKnn(sessions, options)
  for (const past of [[3], [1, 2, 3], [7, 7, 2], [4, 5, 6, 7, 8, 9, 10]]) {
    const scores = model.next(Uint32Array.from(past))
    for (let item = 0; item < itemCount; item++) {
      assert.ok(Math.abs(scores[item]! - scoreOf(past, item)) < 1e-5, `${past}: ${item}`)
    }
  }
})

test('only the newest sessions of an item are looked at, and the most alike speak', async () => {
  const few = sequencesOf(
    [
      [0, 1],
      [0, 2],
      [0, 3],
    ],
    5,
  )
  const asked = async (changes: Partial<SessionKnnOptions>): Promise<number[]> => {
    const model = await fitSessionKnn(few, { ...options, ...changes })
    return [...model.next(Uint32Array.of(0))].flatMap((score, item) => (score > 0 ? [item] : []))
  }
  assert.deepEqual(await asked({}), [0, 1, 2, 3])
  assert.deepEqual(await asked({ sample: 2 }), [0, 2, 3])
  assert.deepEqual(await asked({ sessions: 2 }), [0, 2, 3])
  // A session counts half after as many as one: the newest is the most alike.
  assert.deepEqual(await asked({ neighbors: 1, halfLife: 1 }), [0, 3])
})

test('what it cannot take is refused, with what it can', async () => {
  const wrong: [keyof SessionKnnOptions, number][] = [
    ['sessions', 0],
    ['memory', 1_001],
    ['decay', 0],
    ['sample', 0.5],
    ['neighbors', 0],
    ['halfLife', Number.POSITIVE_INFINITY],
    ['nearness', 1.1],
    ['backward', -0.1],
    ['lengthRestraint', Number.NaN],
    ['restraint', 2],
  ]
  for (const [field, value] of wrong) {
    await assert.rejects(fitSessionKnn(sessions, { ...options, [field]: value }), {
      code: 'invalid_argument',
      field,
    })
  }
})
