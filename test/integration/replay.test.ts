import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { seededRandom } from '../../src/kernel/random.ts'
import { writeMadeUpLog } from '../crash/replay-kill-log.ts'
import { inFolder, starling } from './starling.ts'

/** The lines that tell what each part of the state came to. */
function digests(said: string): readonly string[] {
  return said.split('\n').filter((line) => / rows .* bytes {2}[0-9a-f]{32}$/.test(line))
}

test('a replay by two workers prints the digests of one pass, and is refused in a foreign folder', () =>
  inFolder(async (folder) => {
    const log = join(folder, 'home', 'log')
    const made = { folder: log, count: 3_000, userCount: 500, itemCount: 100 }
    await writeMadeUpLog(seededRandom('command line'), made)
    const call = (into: string, ...args: readonly string[]) =>
      starling(['replay', '--home', join(folder, 'home'), '--into', join(folder, into), ...args])

    const apart = call('apart', '--workers', '2', '--partitions', '4')
    assert.equal(await apart.ended, 0, apart.said())
    assert.match(apart.said(), /3000 events in 4 partitions: .* s of CPU time/)
    const whole = call('whole', '--workers', '0')
    assert.equal(await whole.ended, 0, whole.said())
    assert.ok(digests(whole.said()).length > 15, whole.said())
    assert.deepEqual(digests(apart.said()), digests(whole.said()))

    const other = call('apart', '--workers', '2', '--partitions', '3')
    assert.equal(await other.ended, 1)
    assert.match(other.said(), /failed_precondition. .* holds 4 partitions .* not 3/)
    await rm(join(folder, 'apart'), { recursive: true, force: true })
  }))
