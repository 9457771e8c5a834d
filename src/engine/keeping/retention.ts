import type { EraseEvent } from '../../events/event.ts'
import type { Offset } from '../../events/log/event-log.ts'
import type { SegmentLog, SegmentSpan } from '../../events/log/segment-log.ts'
import { metaKey, openState } from '../../state/folded-state.ts'
import type { State } from '../../state/state.ts'
import type { Store } from '../../state/store/store.ts'
import { folds, personal } from '../folds.ts'
import type { Home } from '../home.ts'
import { loadSnapshot, restoreSnapshot, writeSnapshot } from './snapshot.ts'

/**
 * Keeps the log within its bound. Before a segment goes, a snapshot holds what it was folded into.
 */
export interface Retention {
  /** Where the state is gone and the log no longer begins at 0, puts the snapshot in its place. */
  restore(): Promise<void>

  /**
   * Forgets what lies beyond the bound, where anything does. Asks then from which offset on others
   * need the log, which may take what they have not. Resolves with true where it forgot any.
   */
  enforce(state: State, neededFrom?: () => Promise<Offset>): Promise<boolean>

  /** Removes the users from the snapshot, where there is one. */
  forget(erasures: readonly EraseEvent[]): Promise<void>
}

export interface RetentionOptions {
  readonly log: SegmentLog
  readonly store: Store
  readonly home: Home
  readonly logBytesMax?: number
}

const segmentBytesMax = 64 * 2 ** 20

/** Whole segments are forgotten: the smaller they are, the less is lost beyond what must be. */
export function segmentBytesFor(logBytesMax = Number.POSITIVE_INFINITY): number {
  return Math.max(1, Math.min(segmentBytesMax, Math.floor(logBytesMax / 8)))
}

export function openRetention(options: RetentionOptions): Retention {
  const { log, store, home, logBytesMax = Number.POSITIVE_INFINITY } = options

  /** The state as it was at an offset: the snapshot of before, and what was logged since. */
  const foldedUntil = async (offset: Offset): Promise<Store> => {
    const kept = await loadSnapshot(home.folder)
    const past = await openState({ store: kept, ...folds })
    for await (const batch of log.read(past.offset)) {
      const wanted = batch.slice(0, offset - past.offset)
      await past.fold(
        past.offset,
        wanted.map(({ event }) => event),
      )
      if (past.offset === offset) break
    }
    await past.checkpoint()
    return kept
  }

  return {
    async restore() {
      if (log.tail === 0) return
      for await (const batch of store.scan('meta/')) if (batch.length > 0) return
      await restoreSnapshot(home.folder, store)
    },

    async enforce(state, neededFrom = async () => Number.POSITIVE_INFINITY) {
      if (log.sizeBytes <= logBytesMax) return false
      const needed = Math.min(state.offset, startOf(log.segments, await neededFrom()))
      const before = Math.min(needed, keptFrom(log.segments, logBytesMax))
      if (before <= log.tail) return false
      // The snapshot stands where the log will begin: what is left can be replayed, and learned
      // from, from its first event.
      await writeSnapshot(home.folder, await foldedUntil(before))
      await state.checkpoint()
      await log.trim(before)
      return true
    },

    async forget(erasures) {
      const kept = await loadSnapshot(home.folder)
      const [meta] = await kept.get([metaKey])
      if (meta === undefined) return
      const state = await openState({ store: kept, ...personal })
      await state.fold(state.offset, erasures)
      await state.checkpoint()
      // The place in the log is the same as before: this was no event of it.
      await kept.commit([{ put: metaKey, value: meta }])
      await writeSnapshot(home.folder, kept)
    },
  }
}

/** Where the segment begins that holds an offset: what is forgotten are whole ones. */
function startOf(segments: readonly SegmentSpan[], offset: Offset): Offset {
  return segments.findLast(({ first }) => first <= offset)?.first ?? 0
}

/** The first offset of the newest segments that fit into the bound together; the last one stays. */
function keptFrom(segments: readonly SegmentSpan[], logBytesMax: number): Offset {
  let left = logBytesMax
  let first = segments.at(-1)?.first ?? 0
  for (const segment of segments.toReversed()) {
    left -= segment.sizeBytes
    if (left < 0) break
    first = segment.first
  }
  return first
}
