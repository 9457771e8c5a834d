import type { Timestamp } from '../../events/clock.ts'
import type { Event } from '../../events/event.ts'
import type { EventLog, Offset } from '../../events/log/event-log.ts'
import { defaultSignals, positiveSignal, type Signals, signalOf } from '../../events/signals.ts'
import type { Cells, Shape } from '../../models/interactions.ts'
import { loadOrdinals, type OrdinalIndex } from '../../state/ordinal-index.ts'
import { signalsParameter } from '../../state/projections/parameters.ts'
import type { Store } from '../../state/store/store.ts'

/** Every positive action of the log, in its order, as columns. */
export interface Likes {
  readonly users: Uint32Array
  readonly items: Uint32Array
  readonly weights: Float32Array
  /** Where in the log each stands: ascending. */
  readonly offsets: Float64Array
  /** Where the pages stand that may teach: those that hide what they showed. Ascending. */
  readonly pages: Float64Array
  readonly userCount: number
  readonly ordinals: OrdinalIndex
  /** When the first and the last of them were; 0 where there are none. */
  readonly firstAt: Timestamp
  readonly lastAt: Timestamp
  /** The log's head when it was read: what came later was not learned from. */
  readonly through: Offset
}

/** Numbers users and items as it meets them, and tells what is a like by the signals in force. */
export interface LikeReader {
  readonly ordinals: OrdinalIndex
  readonly userCount: number
  /** Every event of the log must pass, in its order. */
  see(event: Event): Like | undefined
}

export interface Like {
  readonly user: number
  readonly item: number
  readonly weight: number
}

/** Items are numbered as the state numbers them: `base` knows those before the log begins. */
export async function likeReader(base: Store): Promise<LikeReader> {
  const ordinals = await loadOrdinals(base)
  const users = new Map<string, number>()
  let signals: Signals = defaultSignals
  return {
    ordinals,
    get userCount() {
      return users.size
    },
    see(event) {
      ordinals.admit(event)
      if (event.type === 'parameter' && event.name === signalsParameter) {
        signals = event.value as unknown as Signals // Checked before it was logged.
      }
      const like = likeOf(event, signals)
      if (like === undefined) return undefined
      const user = users.get(like.user) ?? users.size
      users.set(like.user, user)
      return { user, item: ordinals.of(like.item)!, weight: like.signal }
    },
  }
}

/** One pass over the log, which begins where `base` ends. */
export async function readLikes(log: EventLog, base: Store, signal?: AbortSignal): Promise<Likes> {
  return readLikesWith(await likeReader(base), log, signal)
}

/** The same with a reader that goes on afterwards. */
export async function readLikesWith(
  reader: LikeReader,
  log: EventLog,
  signal?: AbortSignal,
): Promise<Likes> {
  const columns = {
    users: [] as number[],
    items: [] as number[],
    weights: [] as number[],
    offsets: [] as number[],
    pages: [] as number[],
  }
  const through = log.head
  let [firstAt, lastAt]: [Timestamp, Timestamp] = [0, 0]
  for await (const batch of log.read(log.tail)) {
    signal?.throwIfAborted()
    for (const { offset, event } of batch) {
      if (event === undefined) continue
      if (event.type === 'served' && !event.repeatable) columns.pages.push(offset)
      const like = reader.see(event)
      if (like === undefined) continue
      firstAt ||= event.at
      lastAt = event.at
      columns.users.push(like.user)
      columns.items.push(like.item)
      columns.weights.push(like.weight)
      columns.offsets.push(offset)
    }
  }
  return {
    users: Uint32Array.from(columns.users),
    items: Uint32Array.from(columns.items),
    weights: Float32Array.from(columns.weights),
    offsets: Float64Array.from(columns.offsets),
    pages: Float64Array.from(columns.pages),
    userCount: reader.userCount,
    ordinals: reader.ordinals,
    ...{ firstAt, lastAt, through },
  }
}

/** Whom an action says to have liked what, and how much; undefined where it says no such thing. */
export function likeOf(event: Event, signals: Signals) {
  if (event.type !== 'action' || event.item === undefined) return undefined
  const signal = signalOf(signals, event.action, event.value)
  return signal >= positiveSignal ? { user: event.user, item: event.item, signal } : undefined
}

/** The likes before an offset, as a training matrix takes them. */
export function cellsBefore(likes: Likes, offset: Offset): { cells: Cells; shape: Shape } {
  let count = likes.offsets.findIndex((at) => at >= offset)
  if (count < 0) count = likes.offsets.length
  const cells = {
    users: likes.users.subarray(0, count),
    items: likes.items.subarray(0, count),
    weights: likes.weights.subarray(0, count),
  }
  return { cells, shape: { userCount: likes.userCount, itemCount: likes.ordinals.size } }
}
