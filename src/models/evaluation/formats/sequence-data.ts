import type { Sequences } from '../../sequences.ts'
import type { Asked } from '../protocols/question.ts'

/** Who met what in which order: what models of what comes next learn from. */
export interface SequenceData {
  /** A row per user, or per session, oldest first. */
  readonly train: Sequences
  /** Ids as the files spell them, by ordinal. Sessions have no users. */
  readonly userIds: readonly string[]
  readonly itemIds: readonly string[]
  /**
   * What came after each row of `train`, where the protocol has such a part beside the test: a fit
   * may stop by it. Never learned from.
   */
  readonly validation?: Asked
}
