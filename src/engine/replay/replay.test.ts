import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { StarlingError } from '../../error.ts'
import type { Event } from '../../events/event.ts'
import { openSegmentLog } from '../../events/log/segment-log.ts'
import { seededRandom } from '../../kernel/random.ts'
import { madeUpHistory } from '../../state/made-up-history.suite.ts'
import { replay } from './replay.ts'

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'starling-replay-'))
  try {
    await run(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function append(log: string, events: readonly Event[]): Promise<void> {
  await using open = await openSegmentLog({ folder: log })
  await open.append(events)
}

const past = madeUpHistory(seededRandom(1), { count: 1_200, userCount: 60, itemCount: 80 })

function isError(code: string, words: RegExp) {
  return (error: unknown) =>
    error instanceof StarlingError && error.code === code && words.test(error.message)
}

describe('a replay', () => {
  it('comes to what one pass comes to, also where it was stopped and the log has grown', () =>
    inFolder(async (folder) => {
      const log = join(folder, 'log')
      await append(log, past.slice(0, 900))
      const apart = { log, into: join(folder, 'apart'), workers: 1, partitions: 3 }
      const stopping = new AbortController()
      const onOpen = () => stopping.abort(new StarlingError('canceled', 'enough'))
      const stopped = replay({ ...apart, onOpen, signal: stopping.signal })
      await assert.rejects(stopped, isError('canceled', /enough/))
      await append(log, past.slice(900))
      const statuses: number[][] = []
      const result = await replay({
        ...apart,
        onStatus: ({ head, members }) =>
          statuses.push([head, ...members.flatMap(({ partitions }) => partitions)]),
      })
      const whole = await replay({ log, into: join(folder, 'whole'), workers: 0 })
      assert.deepEqual(result.digests, whole.digests)
      assert.equal(result.events, 1_200)
      assert.ok(result.digests.find(({ name }) => name === 'co-occurrence')!.rowCount > 10)
      assert.deepEqual(statuses.at(-1), [1_200, 0, 1, 2])
    }))

  it('refuses a folder of another kind of replay, and numbers out of range', () =>
    inFolder(async (folder) => {
      const log = join(folder, 'log')
      await append(log, past.slice(0, 10))
      const into = join(folder, 'into')
      const script = join(folder, 'done.mjs')
      await writeFile(script, 'process.exit(0)')
      const call = { log, into, workerScript: script }
      await replay({ ...call, workers: 1, partitions: 2 })
      await assert.rejects(
        replay({ ...call, workers: 1, partitions: 3 }),
        isError('failed_precondition', /holds 2 partitions of .*, not 3/),
      )
      const wrong = isError('invalid_argument', /workers 2 must be <= 1, the number of partitions/)
      await assert.rejects(replay({ ...call, workers: 2, partitions: 1 }), wrong)
      const range = isError('invalid_argument', /workers 33 must be a whole number >= 0 and <= 32/)
      await assert.rejects(replay({ ...call, workers: 33 }), range)
    }))

  it('passes on what a worker was refused, and gives up on one that only dies', () =>
    inFolder(async (folder) => {
      const log = join(folder, 'log')
      await append(log, past.slice(0, 10))
      const script = join(folder, 'worker.mjs')
      const call = { log, into: join(folder, 'into'), workers: 1, workerScript: script }
      const failed = "{ kind: 'failed', code: 'data_loss', message: 'a row is damaged' }"
      await writeFile(script, `process.send(${failed}, () => process.exit(1))`)
      await assert.rejects(replay(call), isError('data_loss', /a row is damaged/))
      await writeFile(script, "process.kill(process.pid, 'SIGKILL')")
      const losses: string[] = []
      await assert.rejects(
        replay({ ...call, onLoss: (_worker, how) => losses.push(how) }),
        isError('unavailable', /worker 0 ended 11 times and came no further.*by SIGKILL/),
      )
      assert.equal(losses.length, 10)
    }))
})
