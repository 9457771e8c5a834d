import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openArena } from '../../kernel/wasm/arena.ts'
import { kernelModule, kernelsOver, roundings } from '../../kernel/wasm/kernel-module.ts'

const cases = fc.record({
  rows: fc.array(fc.array(fc.nat(6), { maxLength: 6 }), { minLength: 1, maxLength: 5 }),
  dims: fc.constantFrom(8, 16),
  window: fc.integer({ min: 1, max: 4 }),
  negatives: fc.integer({ min: 1, max: 3 }),
  rate: fc.constantFrom(0.025, 0.5),
  low: fc.nat(),
  high: fc.nat(),
})

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

for (const rounding of roundings()) {
  test(`a pass of skip-grams is that of the paper (${rounding})`, () => {
    const property = fc.property(cases, ({ rows, dims, window, negatives, rate, low, high }) => {
      const arena = openArena({ sizeBytes: 1 << 16, isShared: true })
      const kernel = kernelsOver(kernelModule('factors', rounding), arena.memory)('skipGrams')
      const starts = arena.uint32(rows.length + 1)
      const items = arena.uint32(rows.flat().length)
      items.set(rows.flat())
      for (const [row, { length }] of rows.entries()) starts[row + 1] = starts[row]! + length
      const pool = arena.uint32(9)
      pool.set([0, 1, 2, 3, 4, 5, 6, 0, 0])
      const [inputs, outputs] = [arena.float32(7 * dims), arena.float32(7 * dims)]
      for (let place = 0; place < 7 * dims; place++) {
        inputs[place] = ((place * 37) % 19) / 19 - 0.5
        outputs[place] = ((place * 53) % 23) / 23 - 0.5
      }
      const [scratch, state] = [arena.float32(dims), arena.uint32(2)]
      state.set([low, high | 1])

      // The chance of the kernels, written out with whole numbers of any size.
      let word = BigInt(low) | (BigInt(high | 1) << 32n)
      const cut = (value: bigint): bigint => BigInt.asUintN(64, value)
      const below = (bound: number): number => {
        word ^= word >> 12n
        word = cut(word ^ (word << 25n))
        word ^= word >> 27n
        return Number(((cut(word * 0x2545f4914f6cdd1dn) >> 32n) * BigInt(bound)) >> 32n)
      }
      const [X, Y] = [Float64Array.from(inputs), Float64Array.from(outputs)]
      let pairs = 0
      for (const row of rows) {
        for (const [place, item] of row.entries()) {
          const reach = 1 + below(window)
          const from = Math.max(0, place - reach)
          for (let other = from; other < Math.min(row.length, place + reach + 1); other++) {
            if (other === place) continue
            pairs++
            const x = row[other]! * dims
            const moved = new Float64Array(dims)
            const step = (output: number, label: number): void => {
              const y = output * dims
              let product = 0
              for (let k = 0; k < dims; k++) product += X[x + k]! * Y[y + k]!
              const pull = rate * (label - sigmoid(product))
              for (let k = 0; k < dims; k++) {
                moved[k]! += pull * Y[y + k]!
                Y[y + k]! += pull * X[x + k]!
              }
            }
            step(item, 1)
            for (let draw = 0; draw < negatives; draw++) {
              const negative = pool[below(9)]!
              if (negative !== item) step(negative, 0)
            }
            for (let k = 0; k < dims; k++) X[x + k]! += moved[k]!
          }
        }
      }

      const at = arena.addressOf
      const found = kernel(
        ...[at(starts), at(items), 0, rows.length, at(inputs), at(outputs), dims, window],
        ...[negatives, at(pool), 9, rate, at(scratch), at(state)],
      )
      assert.equal(found, pairs)
      for (const [place, value] of X.entries()) {
        assert.ok(Math.abs(value - inputs[place]!) < 1e-3, `${inputs[place]}, not ${value}`)
        assert.ok(Math.abs(Y[place]! - outputs[place]!) < 1e-3)
      }
    })
    fc.assert(property, { numRuns: 200 })
  })
}
