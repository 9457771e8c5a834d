import assert from 'node:assert/strict'
import { it } from 'node:test'
import { copied } from './copied.ts'

it('says that an address is copied only where it is', async () => {
  const had = Object.getOwnPropertyDescriptor(globalThis, 'navigator')
  const put = (navigator: object): void => {
    Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true })
  }
  const texts: string[] = []
  put({ clipboard: { writeText: async (text: string) => void texts.push(text) } })
  assert.equal(await copied('here'), true)
  assert.deepEqual(texts, ['here'])
  put({ clipboard: { writeText: () => Promise.reject(new Error('not allowed')) } })
  assert.equal(await copied('here'), false)
  put({})
  assert.equal(await copied('here'), false)
  if (had !== undefined) Object.defineProperty(globalThis, 'navigator', had)
})
