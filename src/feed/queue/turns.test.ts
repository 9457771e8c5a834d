import assert from 'node:assert/strict'
import { test } from 'node:test'
import { turns } from './turns.ts'

/** Work that ends when it is told to, and notes when it begins. */
function works() {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  return {
    begun,
    work: (name: string) => () => {
      begun.push(name)
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)))
    },
    end: async (name: string) => {
      ends.get(name)!()
      await new Promise(setImmediate)
    },
  }
}

test('work of one key waits for the work before it, and that of another key does not', async () => {
  const { begun, work, end } = works()
  const { run } = turns()
  const done = [run('a', work('a1')), run('a', work('a2')), run('b', work('b1'))]
  assert.deepEqual(begun, ['a1', 'b1'])
  await end('a1')
  done.push(run('a', work('a3')))
  assert.deepEqual(begun, ['a1', 'b1', 'a2'])
  await end('a2')
  await end('a3')
  await end('b1')
  assert.deepEqual(await Promise.all(done), ['a1', 'a2', 'b1', 'a3'])
})

test('work that fails ends its turn, and only its own caller is told', async () => {
  const { run } = turns()
  const failing = run('a', () => Promise.reject(new Error('broken')))
  const next = run('a', async () => 'fine')
  await assert.rejects(failing, /broken/)
  assert.equal(await next, 'fine')
})

test('a key that nobody works on begins at once', async () => {
  const { begun, work, end } = works()
  const { run } = turns()
  const first = run('a', work('first'))
  await end('first')
  await first
  void run('a', work('second'))
  assert.deepEqual(begun, ['first', 'second'])
})
