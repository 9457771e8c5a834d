import { broken } from '../../../error.ts'
import type { ActionEvent } from '../../../events/event.ts'
import type { EventLog, Offset } from '../../../events/log/event-log.ts'
import { seededRandom } from '../../../kernel/random.ts'
import type { RawRows } from '../../../state/features/declared/rows.ts'

/** A log that is only read. */
export type ReadLog = Pick<EventLog, 'tail' | 'head' | 'read'>

/**
 * Whoever says what was known just before some deeds of a log, of the user and the item of each: a
 * replay, or features that somebody computed over all of it at once.
 */
export type RowsBefore = (
  log: ReadLog,
  offsets: ReadonlySet<Offset>,
) => Promise<ReadonlyMap<Offset, RawRows>>

/** A column that says another thing of a moment when what came later is not there to be seen. */
export interface Leak {
  readonly column: string
  /** Moments at which it differed, of those that were looked at. */
  readonly moments: number
  readonly of: number
  /** The first of them. */
  readonly offset: Offset
  readonly withLater: readonly (number | string)[]
  readonly without: readonly (number | string)[]
}

export interface LeakOptions {
  readonly log: ReadLog
  readonly rows: RowsBefore
  /** Places at which the log is cut, at most; each costs a replay. 3 unless told. */
  readonly cutCount?: number
  /** Deeds looked at before each cut, at most. 100 unless told. */
  readonly momentCount?: number
  readonly seed: number | string
  readonly signal?: AbortSignal
}

/**
 * Finds columns that know the future. The log is cut at some places: what is said of a moment
 * before a cut must be the same, bit by bit, whether the rest of the log is there or not. This
 * catches figures over all ratings, those of the test part included, and orders of time that are
 * none. It sees nothing of a leak that is in the events themselves.
 */
export async function leaksOf(options: LeakOptions): Promise<readonly Leak[]> {
  const { log, rows, cutCount = 3, momentCount = 100, signal } = options
  const random = seededRandom(options.seed)
  const deeds: Offset[] = []
  for await (const batch of log.read(log.tail)) {
    for (const { offset, event } of batch) if (isDeed(event)) deeds.push(offset)
  }
  const found = new Map<string, Leak>()
  for (let cut = 1; cut <= cutCount; cut++) {
    signal?.throwIfAborted()
    const head = deeds[Math.floor((deeds.length * cut) / (cutCount + 1))]
    if (head === undefined) break
    const before = deeds.filter((offset) => offset < head)
    // Half of them just before the cut: what is rare in a long log differs there.
    const late = before.slice(-Math.ceil(momentCount / 2))
    const some = Array.from({ length: momentCount - late.length }, () =>
      before.length === 0 ? [] : [before[random.below(before.length)]!],
    )
    const offsets = new Set([...late, ...some.flat()].sort((a, b) => a - b))
    const [whole, short] = [await rows(log, offsets), await rows(logBefore(log, head), offsets)]
    for (const offset of offsets) {
      const [withLater, without] = [whole.get(offset), short.get(offset)]
      // A deed with an item that nobody had mentioned before has no rows; with the rest, neither.
      if (withLater !== undefined && without !== undefined)
        compare(found, offset, withLater, without)
      else if (withLater !== without) throw broken(`rows before ${offset} were told once of twice`)
    }
  }
  return [...found.values()]
}

function compare(found: Map<string, Leak>, offset: Offset, whole: RawRows, short: RawRows): void {
  for (const [column, values] of whole.columns) {
    const without = [...(short.columns.get(column) ?? [])]
    const withLater = [...values]
    const leak = found.get(column)
    const differs = !same(withLater, without)
    if (leak !== undefined) {
      const moments = leak.moments + (differs ? 1 : 0)
      found.set(column, { ...leak, moments, of: leak.of + 1 })
    } else if (differs) {
      found.set(column, { column, moments: 1, of: 1, offset, withLater, without })
    }
  }
}

function same(one: readonly (number | string)[], other: readonly (number | string)[]): boolean {
  return one.length === other.length && one.every((value, place) => Object.is(value, other[place]))
}

/** The log as it was when `head` was its head. */
function logBefore(log: ReadLog, head: Offset): ReadLog {
  return {
    tail: Math.min(log.tail, head),
    head: Math.min(log.head, head),
    async *read(from) {
      for await (const batch of log.read(from)) {
        const inside = batch.filter(({ offset }) => offset < head)
        if (inside.length > 0) yield inside
        if (inside.length < batch.length) return
      }
    },
  }
}

export function isDeed(
  event: { readonly type: string } | undefined,
): event is ActionEvent & { readonly item: string } {
  if (event?.type !== 'action') return false
  const { item, action } = event as ActionEvent
  return item !== undefined && action !== 'impression'
}
