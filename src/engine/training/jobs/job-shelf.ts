import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Timestamp } from '../../../events/clock.ts'
import { writeWhole } from '../../home.ts'
import { isOver, type Job } from './job.ts'

/**
 * The jobs of an engine, as files:
 *
 *   <id>/job.json        what was asked for, and what came of it
 *   <id>/log.ndjson      what it said, a line each
 *   <id>/checkpoints/    steps that are done, while it is not over
 *
 * One process writes.
 */
export interface JobShelf {
  /** The newest first. */
  list(): readonly Job[]
  get(id: string): Job | undefined
  /** The number that the next job gets. */
  nextId(): string
  /** Seen by `list` at once, durable when it resolves. */
  put(job: Job): Promise<void>
  write(id: string, line: JobLine): Promise<void>
  /** The newest lines, oldest first. */
  read(id: string, count: number): Promise<readonly JobLine[]>
  checkpointsOf(id: string): string
  /** Resolves when all that was written is on its medium. */
  settled(): Promise<void>
}

export interface JobLine {
  readonly at: Timestamp
  readonly line: string
}

/** Jobs that are over are kept up to this many. */
const keptMost = 200

export async function openJobShelf(folder: string): Promise<JobShelf> {
  const jobs = new Map<string, Job>()
  for (const job of await storedIn(folder)) jobs.set(job.id, job)
  let newest = Math.max(0, ...[...jobs.keys()].map(Number))
  let last: Promise<unknown> = Promise.resolve()
  /** One write after the other: what was put last is what stays. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const next = last.then(work)
    last = next.catch(() => undefined)
    return next
  }
  const newestFirst = () => [...jobs.values()].sort((a, b) => Number(b.id) - Number(a.id))
  const prune = async (): Promise<void> => {
    for (const { id } of newestFirst().filter(isOver).slice(keptMost)) {
      jobs.delete(id)
      await rm(join(folder, id), { recursive: true, force: true })
    }
  }
  return {
    list: newestFirst,
    get: (id) => jobs.get(id),

    nextId() {
      newest++
      return String(newest)
    },

    put(job) {
      jobs.set(job.id, job)
      return inTurn(async () => {
        await mkdir(join(folder, job.id), { recursive: true })
        await writeWhole(join(folder, job.id, 'job.json'), `${JSON.stringify(job, null, 2)}\n`)
        await prune()
      })
    },

    write: (id, line) =>
      inTurn(() => appendFile(join(folder, id, 'log.ndjson'), `${JSON.stringify(line)}\n`)),

    async read(id, count) {
      await last
      const text = await readFile(join(folder, id, 'log.ndjson'), 'utf8').catch(() => '')
      return text.split('\n').slice(0, -1).slice(-count).flatMap(lineIn)
    },

    checkpointsOf: (id) => join(folder, id, 'checkpoints'),
    settled: async () => void (await last),
  }
}

/** A job whose file a crash left out is one that nobody was told of. */
async function storedIn(folder: string): Promise<readonly Job[]> {
  await mkdir(folder, { recursive: true })
  const entries = await readdir(folder)
  const jobs: Job[] = []
  for (const id of entries.filter((entry) => /^[1-9]\d*$/.test(entry))) {
    const text = await readFile(join(folder, id, 'job.json'), 'utf8').catch(() => undefined)
    if (text === undefined) continue
    // Written by `put`, and whole or not there.
    jobs.push(JSON.parse(text) as Job)
  }
  return jobs
}

/** A line that a crash cut short is passed over. */
function lineIn(text: string): JobLine[] {
  try {
    return [JSON.parse(text) as JobLine]
  } catch {
    return []
  }
}
