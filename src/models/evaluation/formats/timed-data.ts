import type { Interactions } from '../../interactions.ts'
import type { SequenceData } from './sequence-data.ts'

/** Who met what and when, and what is known of the items themselves. */
export interface TimedData extends SequenceData {
  /** When each item of `train` was met, in seconds: in the places of `train.items`. */
  readonly times: Float64Array
  /** The same without order, for models that know none. */
  readonly interactions: Interactions
  /** By the column's name (`r_complement` …): the items that each item goes with. */
  readonly relations: ReadonlyMap<string, readonly Uint32Array[]>
  /** By the column's name (`i_category` …): an ordinal per item, 0 where nothing is told. */
  readonly attributes: ReadonlyMap<string, Uint32Array>
}
