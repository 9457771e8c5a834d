import type { EventLog } from '../events/log/event-log.ts'
import type { State } from '../state/state.ts'
import type { Store } from '../state/store/store.ts'
import type { Home } from './home.ts'
import { restoreSnapshot, writeSnapshot } from './snapshot.ts'

/**
 * Keeps the log within its bound. Before a segment goes, a snapshot holds what it was folded into.
 */
export interface Retention {
  /** Where the state is gone and the log no longer begins at 0, puts the snapshot in its place. */
  restore(): Promise<void>

  /** Forgets what lies beyond the bound, where anything does. Resolves with true where it did. */
  enforce(state: State): Promise<boolean>
}

export interface RetentionOptions {
  readonly log: EventLog
  readonly store: Store
  readonly home: Home
  readonly logBytesMax?: number
}

export function openRetention(options: RetentionOptions): Retention {
  const { log, store, home, logBytesMax = Number.POSITIVE_INFINITY } = options
  return {
    async restore() {
      if (log.tail === 0) return
      for await (const batch of store.scan('meta/')) if (batch.length > 0) return
      await restoreSnapshot(home.folder, store)
    },

    async enforce(state) {
      if (log.sizeBytes <= logBytesMax) return false
      // What is folded from here on may or may not be in the snapshot; what was before certainly is.
      const { offset } = state
      await state.checkpoint()
      await writeSnapshot(home.folder, store)
      await log.trim(offset)
      return true
    },
  }
}
