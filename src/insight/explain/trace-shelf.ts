import { deserialize, serialize } from 'node:v8'
import type { Timestamp } from '../../events/clock.ts'
import type { RequestId, UserId } from '../../events/event.ts'
import type { Trace } from '../../feed/pipeline/trace.ts'
import type { Store, Write } from '../../state/store/store.ts'

/** The traces of the newest runs. They explain, and decide nothing: losing one loses no feed. */
export interface TraceShelf extends AsyncDisposable {
  keep(trace: Trace): void
  find(run: RequestId): Promise<Trace | undefined>
  /** The times of the oldest and the newest run of which a trace is kept. */
  span(): { readonly from: Timestamp; readonly to: Timestamp } | undefined
  /** Removes every trace of a user; resolves with how many there were. */
  forget(user: UserId): Promise<number>
}

export interface TraceShelfOptions {
  readonly store: Store
  readonly countMax?: number
}

/** About 10 KB each. */
const countMaxDefault = 5_000

/** Written together, so that a run costs no commit of its own. */
const writeDelayMs = 200

interface Place {
  readonly key: string
  readonly user: UserId
  readonly at: Timestamp
}

export async function openTraceShelf(options: TraceShelfOptions): Promise<TraceShelf> {
  const { store, countMax = countMaxDefault } = options
  /** Runs on disk, oldest first: their number in the order of keeping, and whose they are. */
  const kept = new Map<RequestId, Place>()
  const fresh = new Map<RequestId, Trace>()
  /** Handed to the store, which cannot tell them yet. */
  const leaving = new Map<RequestId, Trace>()
  let next = 0
  let timer: NodeJS.Timeout | undefined

  for await (const batch of store.scan('trace/')) {
    for (const [key, bytes] of batch) {
      const { run, user, at } = deserialize(bytes) as Trace // Written by `flush`.
      kept.set(run, { key, user, at })
      next = Number.parseInt(key.slice('trace/'.length), 16) + 1
    }
  }

  const flush = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const writes: Write[] = []
    const runs = [...fresh.keys()]
    for (const [run, trace] of fresh) {
      leaving.set(run, trace)
      const key = `trace/${(next++).toString(16).padStart(12, '0')}`
      kept.set(run, { key, user: trace.user, at: trace.at })
      writes.push({ put: key, value: serialize(trace) })
    }
    fresh.clear()
    for (const [run, { key }] of kept) {
      if (kept.size <= countMax) break
      kept.delete(run)
      writes.push({ delete: key })
    }
    // A trace that cannot be kept is no reason to fail a feed.
    await store.commit(writes).catch(() => undefined)
    for (const run of runs) leaving.delete(run)
  }

  return {
    keep(trace) {
      fresh.set(trace.run, trace)
      timer ??= setTimeout(() => void flush(), writeDelayMs).unref()
    },

    async find(run) {
      const waiting = fresh.get(run) ?? leaving.get(run)
      if (waiting !== undefined) return waiting
      const place = kept.get(run)
      if (place === undefined) return undefined
      const [bytes] = await store.get([place.key])
      return bytes === undefined ? undefined : (deserialize(bytes) as Trace) // Written by `flush`.
    },

    span() {
      const times = [...kept.values(), ...fresh.values()].map(({ at }) => at)
      if (times.length === 0) return undefined
      return times.reduce(
        ({ from, to }, at) => ({ from: Math.min(from, at), to: Math.max(to, at) }),
        { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY },
      )
    },

    async forget(user) {
      await flush()
      const theirs = [...kept].filter(([, place]) => place.user === user)
      for (const [run] of theirs) kept.delete(run)
      await store.commit(theirs.map(([, { key }]): Write => ({ delete: key })))
      await store.shed()
      return theirs.length
    },

    async [Symbol.asyncDispose]() {
      clearTimeout(timer)
      await flush()
      await store[Symbol.asyncDispose]()
    },
  }
}
