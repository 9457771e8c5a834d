import assert from 'node:assert/strict'
import { it } from 'node:test'
import { callsOfALife, dieAt } from './crash.suite.ts'

it('a crash leaves no row twice and none out, wherever it comes', async () => {
  const calls = await callsOfALife()
  assert.ok(calls > 50, `${calls} calls`)
  // All of them are tried among the integration tests.
  for (let call = 3; call < calls; call += 11)
    await dieAt(call, call % 2 === 0 ? 'before' : 'after')
})
