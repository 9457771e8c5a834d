import { waitMsAfter } from '../patience.ts'
import type { Kept } from './letter.ts'
import type { Outbox } from './outbox.ts'
import type { Platform } from './platform.ts'
import { type Post, post, type Verdict } from './post.ts'

/** Tells the server what waits: in batches, again after trouble, at once when a page is left. */
export interface Sender {
  /** Sends within so long, if nothing is about to be sent sooner. After trouble it waits longer. */
  soon(withinMs: number): void
  /** Sends all that waits. Resolves when it is told, or when trouble makes it wait. */
  flush(): Promise<void>
  /** Sends at once what may outlive the page; what does not get through is sent another time. */
  leave(): void
  /** Sends nothing more, and waits for nothing that is under way. */
  stop(): void
}

export interface SenderOptions {
  readonly client: Post
  readonly outbox: Outbox
  readonly platform: Pick<Platform, 'now' | 'after' | 'random'>
  readonly onVerdict: (letter: Kept, verdict: Verdict) => void
}

const eventsPerCall = 100

/** Requests that outlive their page may hold 64 KB, all together (Fetch Standard, 4.6). */
const lastingBytes = 56 * 1024

/** The server may be away for a night, and its users with it. */
const patience = { firstMs: 1_000, mostMs: 300_000 }

export function createSender(options: SenderOptions): Sender {
  const { client, outbox, platform, onVerdict } = options
  const underWay = new Map<string, Kept>()
  let stopped = new AbortController()
  let callOff: (() => void) | undefined
  let dueAt = Number.POSITIVE_INFINITY
  let failures = 0
  let running: Promise<void> | undefined

  /** The next letters for one call of at most so many bytes; one letter at least. */
  const next = (bytesMax: number): readonly Kept[] => {
    const batch: Kept[] = []
    let sizeBytes = 0
    for (const kept of outbox.waiting()) {
      const isMerge = 'merge' in kept.letter
      // A visitor's new name means nothing to the server before the merge is told.
      if (isMerge) return batch.length > 0 || underWay.has(kept.key) ? batch : [kept]
      if (underWay.has(kept.key)) continue
      sizeBytes += kept.sizeBytes
      if (batch.length > 0 && (sizeBytes > bytesMax || batch.length >= eventsPerCall)) break
      batch.push(kept)
    }
    return batch
  }

  const send = async (batch: readonly Kept[]): Promise<void> => {
    const { signal } = stopped
    for (const kept of batch) underWay.set(kept.key, kept)
    try {
      const verdicts = await post(client, batch, { keepalive: true, signal })
      if (signal.aborted) return
      for (const [index, kept] of batch.entries()) {
        const verdict = verdicts[index]!
        if (verdict.fate === 'again') outbox.replace(kept.key, { event: verdict.event })
        else outbox.remove(kept.key)
        onVerdict(kept, verdict)
      }
      failures = 0
    } finally {
      for (const { key } of batch) underWay.delete(key)
    }
  }

  const sendAll = async (): Promise<void> => {
    const { signal } = stopped
    while (!signal.aborted) {
      const batch = next(lastingBytes)
      if (batch.length === 0) return
      try {
        await send(batch)
      } catch (error) {
        if (!signal.aborted) waitAfter(error)
        return
      }
    }
  }

  const calm = (): void => {
    callOff?.()
    callOff = undefined
    dueAt = Number.POSITIVE_INFINITY
  }
  const wait = (durationMs: number): void => {
    calm()
    dueAt = platform.now() + durationMs
    callOff = platform.after(durationMs, () => void flush())
  }
  const waitAfter = (error: unknown): void => {
    failures++
    wait(waitMsAfter(failures, error, { ...patience, random: platform.random }))
  }
  const flush = (): Promise<void> => {
    calm()
    running ??= sendAll().finally(() => {
      running = undefined
      // What came after the last look into the outbox.
      if (callOff === undefined && next(lastingBytes).length > 0) wait(0)
    })
    return running
  }

  return {
    soon(withinMs) {
      const isWaiting = failures > 0 && callOff !== undefined
      if (!isWaiting && platform.now() + withinMs < dueAt) wait(withinMs)
    },
    flush,

    leave() {
      let roomBytes = lastingBytes
      for (const { sizeBytes } of underWay.values()) roomBytes -= sizeBytes
      for (let batch = next(roomBytes); batch.length > 0; batch = next(roomBytes)) {
        const sizeBytes = batch.reduce((sum, kept) => sum + kept.sizeBytes, 0)
        if (sizeBytes > roomBytes) return
        roomBytes -= sizeBytes
        const { signal } = stopped
        // What fails stays in the outbox, for another page or another day.
        send(batch).catch((error: unknown) => {
          if (!signal.aborted) waitAfter(error)
        })
      }
    },

    stop() {
      calm()
      stopped.abort()
      stopped = new AbortController()
      failures = 0
      underWay.clear()
    },
  }
}
