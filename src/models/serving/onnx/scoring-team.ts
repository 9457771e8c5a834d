import { availableParallelism } from 'node:os'
import { StarlingError } from '../../../error.ts'
import { type Ran, type ScoringThread, scoringThread } from './scoring-thread.ts'
import type { Feeds } from './tensors.ts'

export interface ScoringTeamOptions {
  /** Unless told, as many as there are cores beside that of whoever answers requests, up to 2. */
  readonly threadCount?: number
  /** Runs that may wait for a thread; 256 unless told. */
  readonly waitingMax?: number
  /** How a thread is begun: for tests that look at what it is given. */
  readonly start?: () => ScoringThread
}

interface Waiting {
  readonly session: number
  readonly feeds: Feeds
  readonly signal: AbortSignal | undefined
  resolve(ran: Ran | PromiseLike<Ran>): void
  reject(error: unknown): void
}

interface Member {
  readonly thread: ScoringThread
  /** Models that were loaded there, by their number in the team. */
  readonly sessions: Map<number, Promise<number>>
  /** The run under way there. */
  busy: Promise<void> | undefined
}

/**
 * Several scoring threads behind one door. A run goes to a thread that is free, and waits in one
 * queue where none is; each thread has one run at a time, so what nobody waits for any more is left
 * out before it costs anything. A model's file lies in memory once for all threads, but each thread
 * that runs it holds the weights that the runtime made of it.
 */
export function scoringTeam(options: ScoringTeamOptions = {}): ScoringThread {
  const { start = scoringThread, waitingMax = 256 } = options
  const { threadCount = Math.max(1, Math.min(2, availableParallelism() - 1)) } = options
  const members = Array.from(
    { length: threadCount },
    (): Member => ({ thread: start(), sessions: new Map(), busy: undefined }),
  )
  const models = new Map<number, Uint8Array>()
  const queue: Waiting[] = []
  let serial = 0

  const sessionOn = (member: Member, number: number): Promise<number> => {
    const known = member.sessions.get(number)
    if (known !== undefined) return known
    const model = models.get(number)
    if (model === undefined) return Promise.reject(closed())
    const opened = member.thread.open(model)
    member.sessions.set(number, opened)
    // Whoever asks again after a failure has it tried again.
    opened.catch(() => member.sessions.delete(number))
    return opened
  }

  const perform = async (member: Member, { session, feeds, ...asked }: Waiting): Promise<void> => {
    try {
      const there = await sessionOn(member, session)
      // The first run of a model waits for it to be loaded, and whoever asked perhaps did not.
      asked.signal?.throwIfAborted()
      asked.resolve(await member.thread.run(there, feeds))
    } catch (error) {
      asked.reject(error)
    } finally {
      member.busy = undefined
      next()
    }
  }

  const next = (): void => {
    while (queue.length > 0) {
      const number = queue[0]!.session
      const free = members.filter(({ busy }) => busy === undefined)
      // One that has the model already comes first.
      const member = free.find(({ sessions }) => sessions.has(number)) ?? free[0]
      if (member === undefined) return
      member.busy = perform(member, queue.shift()!)
    }
  }

  const leave = (waiting: Waiting, reason: unknown): void => {
    const place = queue.indexOf(waiting)
    if (place < 0) return
    queue.splice(place, 1)
    waiting.reject(reason)
  }

  return {
    async open(model) {
      const number = ++serial
      models.set(number, shared(model))
      try {
        // In one of them at once: what cannot be loaded is told to whoever brings it.
        await sessionOn(members[0]!, number)
      } catch (error) {
        models.delete(number)
        throw error
      }
      return number
    },

    run: (session, feeds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        if (queue.length >= waitingMax) {
          const message = `${queue.length} runs wait for the scoring threads`
          return reject(new StarlingError('resource_exhausted', message))
        }
        const waiting: Waiting = { session, feeds, signal, resolve, reject }
        const gone = (): void => leave(waiting, signal!.reason)
        signal?.addEventListener('abort', gone, { once: true })
        const settled = <Result>(settle: (result: Result) => void) => {
          return (result: Result): void => {
            signal?.removeEventListener('abort', gone)
            settle(result)
          }
        }
        waiting.resolve = settled(resolve)
        waiting.reject = settled(reject)
        queue.push(waiting)
        next()
      }),

    async close(number) {
      models.delete(number)
      for (const waiting of queue.filter(({ session }) => session === number))
        leave(waiting, closed())
      for (const { thread, sessions, busy } of members) {
        // A run that began is not to lose its model.
        await busy
        const opened = sessions.get(number)
        sessions.delete(number)
        const session = await opened?.catch(() => undefined)
        if (session !== undefined) await thread.close(session)
      }
    },

    async [Symbol.asyncDispose]() {
      const ending = new StarlingError('unavailable', 'the engine is closing')
      for (const waiting of queue.slice()) leave(waiting, ending)
      await Promise.all(members.map(({ thread }) => thread[Symbol.asyncDispose]()))
    },
  }
}

const closed = (): StarlingError => new StarlingError('unavailable', 'the model was closed')

/** Handed to a thread, memory that is not shared would be copied for each. */
function shared(model: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(new SharedArrayBuffer(model.length))
  bytes.set(model)
  return bytes
}
