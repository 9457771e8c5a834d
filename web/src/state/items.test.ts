import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Client } from '../../../src/client/client.ts'
import { createItems } from './items.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('the items of the site', () => {
  it('are asked for once where the server answers, and anew where it did not', async () => {
    const asked: (readonly string[])[] = []
    let isThere = false
    const client = {
      getItems: async ({ ids }: { ids: readonly string[] }) => {
        asked.push(ids)
        if (!isThere) throw new Error('nobody answers')
        const known = ids.filter((id) => id !== 'unknown')
        return { items: known.map((id) => ({ id, attributes: {}, channels: [] })) }
      },
    } as unknown as Client // The items ask for nothing else.
    const items = createItems(client)
    items.want(['a', 'unknown'])
    await settled()
    isThere = true
    items.want(['a', 'unknown'])
    await settled()
    items.want(['a', 'unknown'])
    await settled()
    assert.deepEqual(asked, [
      ['a', 'unknown'],
      ['a', 'unknown'],
    ])
    assert.equal(items.view('a')?.id, 'a')
  })
})
