import { setImmediate } from 'node:timers/promises'
import { invalid } from '../../error.ts'
import type { Arena } from './arena.ts'
import { type KernelGroup, kernelModule, kernelsOver, type Rounding } from './kernel-module.ts'
import { type KernelThread, startThread } from './kernel-thread.ts'
import type { Kernel } from './web-assembly.ts'

/** A call of a kernel. */
export interface KernelCall {
  readonly kernel: string
  /** What it is given, where thread `thread` makes the call: scratch is each thread's own. */
  readonly values: (thread: number) => readonly number[]
  /** How much it is, in multiply-adds: how long the thread is kept from other things. */
  readonly work: number
}

/**
 * Threads that run kernels over one arena; or with one thread the caller's own, which rests every
 * few million multiply-adds, so that whatever else it serves is not kept waiting.
 */
export interface KernelTeam extends AsyncDisposable {
  readonly threads: number

  /**
   * Resolves with what each call returned, once all are done. Calls run in their order with one
   * thread and in any order with more: they must not write what another reads.
   *
   * Rejects with the signal's reason where it was aborted, and with whatever stopped a thread;
   * nothing runs any more then.
   */
  run(calls: readonly KernelCall[]): Promise<readonly number[]>
}

export interface TeamOptions {
  /** Shared where there is more than one thread. */
  readonly arena: Arena
  readonly group: KernelGroup
  /** 1 to 64. */
  readonly threads: number
  readonly signal?: AbortSignal | undefined
  readonly rounding?: Rounding | undefined
}

const threadsMax = 64

/** Multiply-adds until the caller's own thread rests: some 1.5 ms on a core of 2023. */
const stretch = 8_000_000

/** Throws `invalid_argument` for a number of threads out of range. */
export async function openTeam(options: TeamOptions): Promise<KernelTeam> {
  const { arena, group, threads, rounding } = options
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= threadsMax)) {
    throw invalid('threads', `${threads} must be a whole number >= 1 and <= ${threadsMax}`)
  }
  options.signal?.throwIfAborted()
  const module = kernelModule(group, rounding)
  if (threads === 1) return ownThread(kernelsOver(module, arena.memory), options.signal)
  const started = Array.from({ length: threads }, () => startThread(module, arena.memory))
  return teamOf(started, options.signal)
}

function ownThread(named: (name: string) => Kernel, signal?: AbortSignal): KernelTeam {
  let left = stretch
  return {
    threads: 1,
    async run(calls) {
      const results: number[] = []
      for (const { kernel, values, work } of calls) {
        signal?.throwIfAborted()
        results.push(named(kernel)(...values(0)))
        left -= work
        if (left > 0) continue
        left = stretch
        await setImmediate()
      }
      signal?.throwIfAborted()
      return results
    },
    async [Symbol.asyncDispose]() {},
  }
}

function teamOf(threads: readonly KernelThread[], signal?: AbortSignal): KernelTeam {
  return {
    threads: threads.length,
    async run(calls) {
      const results: number[] = new Array(calls.length).fill(0)
      let next = 0
      const line = async (thread: number): Promise<void> => {
        while (next < calls.length) {
          signal?.throwIfAborted()
          const place = next++
          const { kernel, values } = calls[place]!
          results[place] = await threads[thread]!.call(kernel, values(thread))
        }
      }
      // Two lines to each thread: while a result is on its way, the next call is there already.
      const lines = threads.flatMap((_, thread) => [line(thread), line(thread)])
      const ends = await Promise.allSettled(lines)
      const failed = ends.find((end) => end.status === 'rejected')
      if (failed !== undefined) throw failed.reason
      signal?.throwIfAborted()
      return results
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(threads.map((thread) => thread.stop()))
    },
  }
}
