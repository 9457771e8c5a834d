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
  /** The log's head when it was read: what came later was not learned from. */
  readonly through: Offset
}

/**
 * One pass over the log, which begins where `base` ends. Items are numbered as the state numbers
 * them.
 */
export async function readLikes(log: EventLog, base: Store, signal?: AbortSignal): Promise<Likes> {
  const ordinals = await loadOrdinals(base)
  const users = new Map<string, number>()
  const columns = {
    users: [] as number[],
    items: [] as number[],
    weights: [] as number[],
    offsets: [] as number[],
    pages: [] as number[],
  }
  const through = log.head
  let signals: Signals = defaultSignals
  for await (const batch of log.read(log.tail)) {
    signal?.throwIfAborted()
    for (const { offset, event } of batch) {
      if (event === undefined) continue
      ordinals.admit(event)
      if (event.type === 'parameter' && event.name === signalsParameter) {
        signals = event.value as unknown as Signals // Checked before it was logged.
      }
      if (event.type === 'served' && !event.repeatable) columns.pages.push(offset)
      const weight = likeOf(event, signals)
      if (weight === undefined) continue
      const user = users.get(weight.user) ?? users.size
      users.set(weight.user, user)
      columns.users.push(user)
      columns.items.push(ordinals.of(weight.item)!)
      columns.weights.push(weight.signal)
      columns.offsets.push(offset)
    }
  }
  return {
    users: Uint32Array.from(columns.users),
    items: Uint32Array.from(columns.items),
    weights: Float32Array.from(columns.weights),
    offsets: Float64Array.from(columns.offsets),
    pages: Float64Array.from(columns.pages),
    userCount: users.size,
    ordinals,
    through,
  }
}

function likeOf(event: Event, signals: Signals) {
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
