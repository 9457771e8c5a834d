import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLoopback } from './loopback.ts'

test('only addresses that never leave this machine are loopback', () => {
  for (const host of ['127.0.0.1', '127.8.9.1', '::1', '[::1]', 'localhost', '::ffff:127.0.0.1']) {
    assert(isLoopback(host), host)
  }
  for (const host of ['0.0.0.0', '::', '', '10.0.0.1', 'example.com', '127.0.0.1.example.com']) {
    assert(!isLoopback(host), host)
  }
})
