import assert from 'node:assert/strict'
import { test } from 'node:test'
import { normalQuantile, normalShare, studentQuantile } from './student.ts'

const close = (value: number, wanted: number, within: number): void =>
  assert.ok(Math.abs(value - wanted) <= within, `${value}, and not ${wanted}`)

test('normal quantiles and shares are those of the tables, and undo each other', () => {
  close(normalQuantile(0.975), 1.959964, 5e-4)
  close(normalQuantile(0.5), 0, 5e-4)
  close(normalQuantile(0.001), -3.090232, 5e-4)
  close(normalShare(1.959964), 0.975, 1e-6)
  close(normalShare(-1), 0.1586553, 1e-6)
  for (const share of [0.001, 0.1, 0.3, 0.7, 0.999]) {
    close(normalShare(normalQuantile(share)), share, 2e-4)
  }
})

test('the quantiles of Student are those of the tables, and come to the normal ones', () => {
  close(studentQuantile(0.975, 5), 2.570582, 0.01)
  close(studentQuantile(0.975, 20), 2.085963, 0.002)
  close(studentQuantile(0.025, 100), -1.983972, 0.002)
  close(studentQuantile(0.975, 1e9), 1.959964, 5e-4)
})
