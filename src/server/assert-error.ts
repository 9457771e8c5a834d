import assert from 'node:assert/strict'
import type { TestServer } from './test-server.ts'

/** Every error has one shape; its message begins with its code. */
export function assertError(
  answer: Awaited<ReturnType<TestServer['ask']>>,
  status: number,
  code: string,
) {
  assert.equal(answer.status, status, answer.text)
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/)
  assert.deepEqual(Object.keys(answer.json), ['error'])
  const { error } = answer.json
  assert.equal(error.code, code)
  assert(error.message.startsWith(`[${code}] `))
  for (const name of Object.keys(error)) assert(['code', 'message', 'field'].includes(name))
}
