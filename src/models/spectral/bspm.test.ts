import assert from 'node:assert/strict'
import { test } from 'node:test'
import { historyModelSuite } from '../model.suite.ts'
import { fitBspm } from './bspm.ts'
import { loadBspm } from './bspm-model.ts'
import { sharpeningFilter } from './sharpening.ts'
import { interactions, normalized, sum, table } from './small-graph.suite.ts'
import { fitSpectral } from './spectral.ts'

const published = { solver: 'rk4', time: 2.5, steps: 1, states: 'last' } as const

historyModelSuite({
  kind: 'bspm',
  fit: (interactions, run) =>
    fitBspm(interactions, { rank: 4, share: 0.3, ...published, time: 0.5, ...run }),
  load: loadBspm,
})

type Vector = readonly number[]

/** r R̃ᵀR̃, as it is written. */
function blurred(r: Vector): Vector {
  const users = normalized.map((row) => sum(row.map((weight, item) => weight * r[item]!)))
  return r.map((_, item) => sum(normalized.map((row, user) => row[item]! * users[user]!)))
}

const plus = (x: Vector, factor: number, y: Vector): Vector =>
  x.map((value, place) => value + factor * y[place]!)

/** One step of the solvers, as textbooks have them, for dr/dt = -r P. */
const stepBy = {
  euler: (r: Vector, h: number): Vector => plus(r, -h, blurred(r)),
  rk4(r: Vector, h: number): Vector {
    const slope = (at: Vector): Vector => blurred(at).map((value) => -value)
    const one = slope(r)
    const two = slope(plus(r, h / 2, one))
    const three = slope(plus(r, h / 2, two))
    const four = slope(plus(r, h, three))
    const slopes = one.map((value, k) => value + 2 * two[k]! + 2 * three[k]! + four[k]!)
    return plus(r, h / 6, slopes)
  },
}

const histories = [
  { items: Uint32Array.of(3, 5), weights: Float32Array.of(1, 2) },
  { items: new Uint32Array(), weights: new Float32Array() },
  { items: Uint32Array.of(0, 1, 13), weights: Float32Array.of(1, 1, 1) },
]
const rowOf = (history: (typeof histories)[number]): Vector =>
  table[0]!.map((_, item) => history.weights[history.items.indexOf(item)] ?? 0)

for (const solver of ['euler', 'rk4'] as const) {
  for (const states of ['last', 'mean'] as const) {
    test(`it is what ${solver} makes of the blurred, ${states} state`, async () => {
      const [rank, share, time, steps] = [5, 0.4, 1.8, 3]
      const asked = { rank, share, seed: 1 }
      const model = await fitBspm(interactions, { ...asked, solver, states, time, steps })
      const unsharpened = await fitSpectral(interactions, asked)
      for (const [place, scores] of model.scoreAll!(histories).entries()) {
        const history = histories[place]!
        let state: Vector = [...unsharpened.score(history.items, history.weights)]
        let total = blurred(rowOf(history))
        for (let step = 0; step < steps; step++) {
          state = stepBy[solver](state, time / steps)
          total = plus(total, 1, state)
        }
        const expected = states === 'last' ? state : total.map((value) => value / (steps + 1))
        for (const [item, score] of scores.entries()) {
          assert.ok(Math.abs(score - expected[item]!) < 1e-5, `${score} is not ${expected[item]}`)
        }
      }
    })
  }
}

test('asked for one it says the same bits as for many', async () => {
  const model = await fitBspm(interactions, { rank: 7, share: 0.3, seed: 1, ...published })
  const many = Array.from({ length: 41 }, (_, place) => histories[place % 3]!)
  for (const [place, scores] of model.scoreAll!(many).entries()) {
    const { items, weights } = many[place]!
    assert.deepEqual(scores, model.score(items, weights))
  }
})

test('exact is what many steps come to', () => {
  for (const time of [0.4, 2.2, 6]) {
    const { coefficients } = sharpeningFilter({ ...published, solver: 'exact', time })
    for (const x of [0, 0.1, 0.45, 0.8, 1]) {
      const value = coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0)
      assert.ok(Math.abs(value - Math.exp(-time * x)) < 2e-3)
    }
    assert.ok(coefficients.length <= 8)
  }
})

test('no time sharpens nothing', () => {
  const { coefficients, blurredShare } = sharpeningFilter({ ...published, time: 0 })
  assert.deepEqual([...coefficients].map(Math.abs), [1, 0, 0, 0, 0])
  assert.equal(blurredShare, 0)
})

test('what it cannot take is refused', async () => {
  const wrongs = [{ rank: 0 }, { share: -1 }, { time: -1 }, { time: 11 }, { steps: 0 }]
  for (const wrong of wrongs) {
    const options = { rank: 2, share: 1, seed: 1, ...published, ...wrong }
    await assert.rejects(fitBspm(interactions, options), {
      code: 'invalid_argument',
      field: Object.keys(wrong)[0],
    })
  }
})
