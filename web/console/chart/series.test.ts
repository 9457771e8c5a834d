import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { lastOf, linesOf, meanOf, sliceName } from './series.ts'

const at = (seconds: number) => new Date(1_700_000_000_000 + seconds * 1_000).toISOString()
const ms = (seconds: number) => 1_700_000_000_000 + seconds * 1_000
const answer = {
  from: at(0),
  to: at(40),
  rows: [
    { at: at(0), slice: ['home'], values: [3, 0.5] },
    { at: at(20), slice: ['home'], values: [5, null] },
    { at: at(20), slice: ['stream'], values: [1, 1] },
    { slice: ['home'], values: [99, 99] },
  ],
}
const counts = { measure: 0, unit: 'count', stepMs: 10_000 } as const
const shares = { measure: 1, unit: 'share', stepMs: 10_000 } as const

describe('lines', () => {
  it('have a value at each step: nothing counted is 0, a share of nothing is a gap', () => {
    const { times, lines } = linesOf(answer, counts)
    assert.deepEqual(times, [0, 10, 20, 30].map(ms))
    assert.deepEqual(
      lines.map(({ name, values }) => [name, values]),
      [
        ['home', [3, 0, 5, 0]],
        ['stream', [0, 0, 1, 0]],
      ],
    )
    assert.deepEqual(linesOf(answer, shares).lines[0]?.values, [0.5, null, null, null])
  })

  it('leave out the step that is not over, and what is not yet known', () => {
    assert.deepEqual(linesOf({ ...answer, to: at(35) }, counts).times, [0, 10, 20].map(ms))
    assert.deepEqual(linesOf({ ...answer, through: at(29) }, counts).times, [0, 10].map(ms))
    assert.deepEqual(linesOf({ ...answer, through: at(29) }, counts).lines[0]?.values, [3, 0])
  })

  it('are those of the slices asked for, in that order, whether they have rows or not', () => {
    const { lines } = linesOf(answer, { ...counts, slices: [['new'], ['stream']] })
    assert.deepEqual(
      lines.map(({ name, values }) => [name, values]),
      [
        ['new', [0, 0, 0, 0]],
        ['stream', [0, 0, 1, 0]],
      ],
    )
  })

  it('go by the beginnings that the server has, wherever the span begins', () => {
    const { times } = linesOf({ ...answer, from: at(-4), rows: answer.rows.slice(1) }, counts)
    assert.deepEqual(times, [0, 10, 20, 30].map(ms))
    const uneven = { ...answer, rows: [answer.rows[0]!, { ...answer.rows[1]!, at: at(17) }] }
    assert.deepEqual(linesOf(uneven, counts).times, [0, 17].map(ms))
  })

  it('name every slice, end with a number, and have a mean', () => {
    assert.equal(sliceName(['', 'home']), '(none) · home')
    assert.equal(sliceName([]), 'all')
    assert.equal(lastOf([1, 2, null]), 2)
    assert.equal(lastOf([null]), undefined)
    assert.equal(meanOf([1, null, 3]), 2)
    assert.equal(meanOf([]), undefined)
  })
})
