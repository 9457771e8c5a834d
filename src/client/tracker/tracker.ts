import { browserPlatform } from './browser-platform.ts'
import { closingPlatform } from './closing-platform.ts'
import { createDwell } from './dwell.ts'
import type { Kept, TrackedEvent } from './letter.ts'
import { createOutbox, orphanMs } from './outbox.ts'
import type { Platform } from './platform.ts'
import type { Post, Verdict } from './post.ts'
import { createSender } from './sender.ts'
import { createViewability } from './viewability.ts'

/** What the user did, apart from who and when, which the tracker knows. */
export type Report = Omit<TrackedEvent, 'id' | 'user' | 'at'>

/** An item that stands on the page. */
export interface OnPage {
  readonly item: string
  readonly token: string
  /** Where it stands, if not where the server had put it. */
  readonly position?: number
}

/** What became of a report. `dropped`: there was no consent, or no room for so much unsent. */
export type Fate =
  | { readonly fate: 'told' | 'dropped' }
  | { readonly fate: 'refused'; readonly reason: string }

/**
 * Tells the server what a user does, each thing once, sooner or later: over bad connections,
 * reloads and closed pages. What was not acknowledged is kept on the device and told again; ids
 * make that harmless.
 */
export interface Tracker {
  /**
   * Keeps a report and sends it soon. Resolves when the server has judged it, however late that is;
   * never rejects.
   */
  track(report: Report): Promise<Fate>
  /** Tells an impression when the element was seen; watches until the function is called. */
  seen(element: object, shown: OnPage): () => void
  /**
   * Tells how long the element was read, until the function is called or the page is left. An item
   * that one came to by its address was on no page, and has no token.
   */
  reading(
    element: object,
    shown: Omit<OnPage, 'token'> & Partial<Pick<OnPage, 'token'>>,
  ): () => void
  /** The visitor has logged in: what they did until now is theirs, and so is what follows. */
  identify(user: string): void
  /** Somebody else is here now: what was done until now stays with whoever did it. */
  switchTo(user: string): void
  /** Without consent nothing is stored or sent, and what waits is deleted. */
  consent(given: boolean): void
  /** Sends all that waits. Resolves when it is told, or when trouble makes it wait. */
  flush(): Promise<void>
  readonly status: TrackerStatus
  /** Lets go of the page. What waits is told by the next tracker. */
  close(): void
}

export interface TrackerStatus {
  readonly user: string
  /** Kept and not yet acknowledged. */
  readonly waiting: number
  /** Lost for want of room since the page was opened. */
  readonly dropped: number
  /** Judged unfit by the server since the page was opened. */
  readonly refused: number
}

export interface TrackerOptions {
  readonly client: Post
  /** Any id serves for somebody who has not logged in. */
  readonly user: string
  /** True unless told. */
  readonly consent?: boolean
  /** Reports that may wait, of all tabs together; 1,000 unless told. The oldest are dropped. */
  readonly waitingMax?: number
  /** What can wait, as impressions can, is sent together after so long; 2 s unless told. */
  readonly delayMs?: number
  readonly platform?: Platform
}

/** Nothing that a user does next hangs on these: they can wait for company. */
const patient: ReadonlySet<string> = new Set(['impression', 'read', 'rerank'])

export function createTracker(options: TrackerOptions): Tracker {
  const { client, delayMs = 2_000, waitingMax = 1_000 } = options
  const platform = closingPlatform(options.platform ?? browserPlatform())
  const pending = new Map<string, (fate: Fate) => void>()
  let { user, consent: allowed = true } = options
  let refused = 0

  const settle = (key: string, fate: Fate): void => {
    pending.get(key)?.(fate)
    pending.delete(key)
  }
  const judge = ({ key }: Kept, verdict: Verdict): void => {
    if (verdict.fate === 'again') return
    if (verdict.fate === 'refused') refused++
    settle(key, verdict)
  }
  const onDrop = (key: string): void => settle(key, { fate: 'dropped' })
  const outbox = createOutbox({ platform, lettersMax: waitingMax, onDrop })
  const sender = createSender({ client, outbox, platform, onVerdict: judge })
  const viewability = createViewability(platform)
  const dwell = createDwell(platform)

  const track = (report: Report): Promise<Fate> => {
    if (!allowed) return Promise.resolve({ fate: 'dropped' })
    const at = new Date(platform.now()).toISOString()
    const key = outbox.put({ event: { ...report, id: platform.newId(), user, at } })
    sender.soon(patient.has(report.type) ? delayMs : 0)
    return new Promise((resolve) => pending.set(key, resolve))
  }
  const forget = (): void => {
    sender.stop()
    outbox.clear()
    for (const key of [...pending.keys()]) onDrop(key)
  }

  // After the others have heard of it: dwell times are told when the page is left.
  platform.on('hidden', () => allowed && sender.leave())
  for (const news of ['shown', 'online'] as const) {
    platform.on(news, () => allowed && void sender.flush())
  }
  const tend = (): void => {
    if (allowed) sender.soon(0)
    platform.after(orphanMs, tend)
  }
  if (!allowed) forget()
  tend()

  return {
    track,
    seen(element, shown) {
      return viewability.watch(element, shown.token, () => {
        void track({ type: 'impression', ...shown })
      })
    },
    reading(element, shown) {
      return dwell.watch(element, (value) => void track({ type: 'read', ...shown, value }))
    },
    identify(into) {
      if (into === user) return
      if (allowed) {
        outbox.put({ merge: { from: user, into } })
        sender.soon(0)
      }
      user = into
    },
    switchTo(other) {
      user = other
    },
    consent(given) {
      if (given === allowed) return
      allowed = given
      viewability.reset()
      dwell.reset()
      if (!given) forget()
    },
    flush: async () => {
      if (allowed) await sender.flush()
    },
    get status() {
      const { dropped } = outbox
      return { user, waiting: outbox.waiting().length, dropped, refused }
    },
    close() {
      platform.close()
      sender.stop()
    },
  }
}
