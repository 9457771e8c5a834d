import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../events/event.ts'
import { seededRandom } from '../../kernel/random.ts'
import { fitLogistic } from './logistic.ts'
import { loadLogisticParts, probability } from './logistic-model.ts'
import { onlineLogistic, resumeOnlineLogistic } from './online-logistic.ts'

const options = { rate: 0.1, warmth: 10, l2: 0.1, driftMax: 3 }
const names = ['one', 'other']
const absent = -1

/** Rows whose label goes by the first value, or against it; one in eight lacks the second. */
function rowsOf(count: number, sign: number, seed: string) {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => {
    const values = [4 * random.next(), random.below(8) === 0 ? absent : 10 * random.next()]
    const label = random.next() < probability(sign * 2 * (values[0]! - 2)) ? 1 : 0
    return { values, label }
  })
}

async function fitted() {
  const rows = rowsOf(600, 1, 'fit')
  const model = await fitLogistic(
    Float32Array.from(rows.flatMap(({ values }) => values)),
    rows.map(({ label }) => label),
    { features: names.map((name) => ({ name, absent })), l2: 1 },
  )
  return loadLogisticParts(model.save(), names)
}

const fit = await fitted()

const lossOf = (learner: ReturnType<typeof onlineLogistic>, rows: ReturnType<typeof rowsOf>) => {
  const columns = names.map((_, place) => Float32Array.from(rows, ({ values }) => values[place]!))
  const chances = learner.model().predict(columns, rows.length)
  const losses = rows.map(({ label }, row) =>
    label === 1 ? -Math.log(chances[row]!) : -Math.log(1 - chances[row]!),
  )
  return losses.reduce((sum, loss) => sum + loss, 0) / rows.length
}

test('before any row it is the fit, bit by bit', () => {
  assert.deepEqual(onlineLogistic(fit, options).model().save().weights, lossless(fit))
})

function lossless(parts: typeof fit): Uint8Array {
  const { bias, absent: none, mean, deviation, slope, ifAbsent } = parts
  const all = [Float64Array.of(bias), none, mean, deviation, slope, ifAbsent]
  return new Uint8Array(Float64Array.from(all.flatMap((array) => [...array])).buffer)
}

test('where the taste turns it follows, and where it does not it stays about as good', () => {
  const turned = rowsOf(400, -1, 'turned')
  const online = onlineLogistic(fit, options)
  const before = lossOf(online, turned)
  for (const { values, label } of rowsOf(3_000, -1, 'stream')) online.learn(values, label)
  assert.ok(lossOf(online, turned) < before - 1, `${before}, ${lossOf(online, turned)}`)

  const same = rowsOf(400, 1, 'same')
  const steady = onlineLogistic(fit, options)
  const fresh = lossOf(steady, same)
  for (const { values, label } of rowsOf(3_000, 1, 'stream')) steady.learn(values, label)
  assert.ok(lossOf(steady, same) < fresh + 0.01, `${fresh}, ${lossOf(steady, same)}`)
})

test('a row is learned as the paper writes it, around the fit', () => {
  const online = onlineLogistic(fit, { ...options, driftMax: 1e9 })
  // z and n of the bias, by algorithm 1 without L1 written out.
  const bias = { z: 0, n: options.warmth }
  const change = () => -bias.z / (Math.sqrt(bias.n) / options.rate + options.l2)
  for (const { values, label } of rowsOf(50, -1, 'paper')) {
    const slope = online.learn(values, label) - label
    const sigma = (Math.sqrt(bias.n + slope ** 2) - Math.sqrt(bias.n)) / options.rate
    bias.z += slope - sigma * change()
    bias.n += slope ** 2
    assert.ok(Math.abs(online.model().bias - fit.bias - change()) < 1e-12)
  }
})

test('it tells what it foretold before it learned the row', () => {
  const online = onlineLogistic(fit, options)
  for (const { values, label } of rowsOf(40, -1, 'foretold')) {
    const columns = values.map((value) => Float32Array.of(value))
    const [before] = online.model().predict(columns, 1)
    const single = values.map(Math.fround)
    assert.ok(Math.abs(online.learn(single, label) - before!) < 1e-6)
  }
})

test('it goes on from what was saved as if nothing had happened, bit by bit', () => {
  const rows = rowsOf(300, -1, 'saved')
  const [unbroken, first] = [onlineLogistic(fit, options), onlineLogistic(fit, options)]
  for (const { values, label } of rows) unbroken.learn(values, label, 2)
  for (const { values, label } of rows.slice(0, 120)) first.learn(values, label, 2)
  const { header, weights } = first.save()
  const read = { header: JSON.parse(JSON.stringify(header)), weights: weights.slice() }
  const second = resumeOnlineLogistic(read, names)
  for (const { values, label } of rows.slice(120)) second.learn(values, label, 2)
  assert.deepEqual(second.save(), unbroken.save())
  assert.deepEqual(second.model().save(), unbroken.model().save())
  assert.throws(() => resumeOnlineLogistic(read, ['other', 'one']), /feature 0 of the model/)
})

test('no weight drifts further than it may, whatever comes', () => {
  const online = onlineLogistic(fit, { ...options, rate: 5, driftMax: 0.25 })
  for (let row = 0; row < 500; row++) online.learn([row % 2 === 0 ? 1e6 : -1e6, 1e6], 1, 100)
  const model = online.model()
  assert.ok(Math.abs(model.bias - fit.bias) <= 0.25 + 1e-12)
  const parts = loadLogisticParts(model.save(), names)
  parts.slope.forEach((slope, feature) => {
    assert.ok(Math.abs(slope - fit.slope[feature]!) <= 0.25 + 1e-12)
  })
  assert.ok(model.predict([Float32Array.of(1e6), Float32Array.of(1)], 1)[0]! <= 1)
})

/** One user after the other, each with a level of their own that goes with what they look at. */
function inTurns(count: number) {
  const random = seededRandom('in turns')
  return Array.from({ length: count }, (_, row) => {
    const user = Math.floor(row / 60) % 6
    const isGenerous = user % 2 === 0
    // The generous look at what has little of the first, and like nearly all of it.
    const values = [isGenerous ? 2 * random.next() : 2 + 2 * random.next(), 5]
    const odds = 2 * (values[0]! - 2) + (isGenerous ? 3 : -3)
    return { values, user: `user ${user}`, label: random.next() < probability(odds) ? 1 : 0 }
  })
}

test('what is a way of who judges moves no weight of what is judged', () => {
  const slopeOf = (online: ReturnType<typeof onlineLogistic>): number =>
    loadLogisticParts(online.model().save(), names).slope[0]!
  const sure = { ...options, rate: 0.05, levelPrior: 1 }
  const [alike, told] = [onlineLogistic(fit, sure), onlineLogistic(fit, sure)]
  for (const { values, label, user } of inTurns(3_000)) {
    alike.learn(values, label)
    told.learn(values, label, 1, user)
  }
  const [before, without, among] = [fit.slope[0]!, slopeOf(alike), slopeOf(told)]
  assert.ok(without < before / 2, `${before} became ${without}`)
  assert.ok(among > 0.8 * before, `${before} became ${among}`)
})

test('a fit of few rows moves as far as one row more would have moved it', async () => {
  const moved = (information: number): number => {
    const online = onlineLogistic({ ...fit, information }, { ...options, l2: 0, warmth: 1_000 })
    const chance = online.learn([2, 5], 1)
    return (online.model().bias - fit.bias) / (1 - chance)
  }
  // rate / sqrt(warmth) where it rests on much, and 1 / information where on little.
  assert.ok(Math.abs(moved(1e6) - 0.1 / Math.sqrt(1_000)) < 1e-4)
  assert.ok(Math.abs(moved(100) - 1 / 100) < 1e-3)
  const rows = rowsOf(600, 1, 'fit')
  const chances = fit.information! / rows.length
  assert.ok(chances > 0.05 && chances < 0.25, `${fit.information}`)
})

test('what was saved before there were levels goes on', () => {
  const online = onlineLogistic(fit, options)
  for (const { values, label } of rowsOf(50, -1, 'old')) online.learn(values, label)
  const { header, weights } = online.save()
  const { levelPrior: _, ...old } = header as Record<string, Json> & { kind: string }
  const [ownBytes, levelBytes] = [Number(header['ownBytes']), 4_096 * 20]
  const own = weights.subarray(0, ownBytes - levelBytes)
  const before = { ...old, ownBytes: ownBytes - levelBytes }
  const bytes = new Uint8Array([...own, ...weights.subarray(ownBytes)])
  const again = resumeOnlineLogistic({ header: before, weights: bytes }, names)
  assert.deepEqual(again.model().save(), online.model().save())
})

test('rows and options that nothing can be learned from are refused', () => {
  const online = onlineLogistic(fit, options)
  assert.throws(() => online.learn([1], 1), /values are 1, must be one per feature: 2/)
  assert.throws(() => online.learn([1, 2], 2), /label 2 must lie in \[0, 1\]/)
  assert.throws(() => online.learn([1, 2], 1, -1), /weight -1 must be finite and >= 0/)
  assert.throws(() => onlineLogistic(fit, { ...options, rate: 0 }), /rate 0 must be finite and > 0/)
  assert.throws(() => onlineLogistic(fit, { ...options, l2: -1 }), /l2 -1 must be finite and >= 0/)
})
