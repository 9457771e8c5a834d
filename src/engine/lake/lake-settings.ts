import type { LakeBounds } from '../../lake/files/aging.ts'

/** How much the lake keeps, and may take. */
export interface LakeSettings extends LakeBounds {
  /** Memory of its database; 512 unless told. */
  readonly memoryMb?: number
  /** How often rows are written to files; a minute unless told. */
  readonly flushMs?: number
  /** Candidates of runs kept a second, in the long run; 200 unless told. */
  readonly slateRowsPerSecond?: number
}
