import assert from 'node:assert/strict'
import { it } from 'node:test'
import { held } from './held.ts'

it('closes in the reverse order of opening, each even if another fails, and tells the first failure', async () => {
  const closed: string[] = []
  const resource = (name: string, fails = false): AsyncDisposable => ({
    async [Symbol.asyncDispose]() {
      closed.push(name)
      if (fails) throw new Error(`${name} is stuck`)
    },
  })
  const resources = held()
  for (const each of [resource('log'), resource('state', true), resource('traces', true)]) {
    assert.equal(resources.add(each), each)
  }
  await assert.rejects(async () => resources[Symbol.asyncDispose](), /traces is stuck/)
  assert.deepEqual(closed, ['traces', 'state', 'log'])
  await resources[Symbol.asyncDispose]()
  assert.equal(closed.length, 3)
})
