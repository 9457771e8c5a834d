import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { hasCode } from '../samples.ts'
import { lockFolder } from './folder-lock.ts'
import { thisProcess } from './process-mark.ts'
import { simulatedMedium } from './simulated-medium.ts'

test('a folder is locked once, and can be locked again when it was let go', async () => {
  const medium = simulatedMedium()
  const unlock = await lockFolder(medium, '/log')
  await assert.rejects(lockFolder(medium, '/log'), hasCode('failed_precondition'))
  await unlock()
  await (await lockFolder(medium, '/log'))()
  assert.deepEqual(await medium.list('/log'), [])
})

test('the claim of another running process is respected and named', async (t) => {
  const medium = simulatedMedium()
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  t.after(() => other.kill('SIGKILL'))
  await once(other, 'spawn')
  medium.put(`/log/writer-${other.pid}-unknown.lock`, Buffer.alloc(0))
  await assert.rejects(lockFolder(medium, '/log'), (error: Error) => {
    assert.ok(error.message.includes('/log') && error.message.includes(`process ${other.pid}`))
    return hasCode('failed_precondition')(error)
  })
  assert.equal((await medium.list('/log')).length, 1, 'the loser leaves no claim')
  other.kill('SIGKILL')
  await once(other, 'exit')
  await lockFolder(medium, '/log')
})

test('a process with the same id that began at another time does not hold the lock', async (t) => {
  const { pid, born } = thisProcess()
  if (born === 'unknown') return t.skip('this system does not tell when a process began')
  const medium = simulatedMedium()
  medium.put(`/log/writer-${pid}-00000000-1.lock`, Buffer.alloc(0))
  await lockFolder(medium, '/log')
  assert.deepEqual(await medium.list('/log'), [`writer-${pid}-${born}.lock`])
})
