import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { commands } from './commands.ts'

describe('the list of commands', () => {
  it('calls each by the name that it has', async () => {
    for (const { name, load } of commands) {
      const command = await load()
      assert.equal(command.name, name)
      assert.ok(command.usage.startsWith(`starling ${name}`), name)
    }
  })
})
