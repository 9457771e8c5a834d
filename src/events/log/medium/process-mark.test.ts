import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRunning, thisProcess } from './process-mark.ts'

test('this process is running', () => {
  assert.equal(isRunning(thisProcess()), true)
  assert.equal(isRunning({ pid: process.pid, born: 'unknown' }), true)
})

test('a process id that nobody has is not running', () => {
  // The largest id that Linux gives out is 2 ** 22.
  assert.equal(isRunning({ pid: 2 ** 22 + 1, born: 'unknown' }), false)
})
