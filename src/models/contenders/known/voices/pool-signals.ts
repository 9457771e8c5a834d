import {
  demandIn,
  fading,
  type ItemSignal,
  wasLast,
  wasMet,
} from '../../../blend/pool/item-signal.ts'
import type { Sequences } from '../../../sequences.ts'

export interface PoolSignalSettings {
  /** Whether rows come in the order of time, so that the newest tell what is in demand lately. */
  readonly inOrder: boolean
  /** The share of the rows, the newest ones, that do, in (0, 1]. */
  readonly newest: number
  /** Whether what was met may come again. */
  readonly repeats: boolean
  /** Of what was met, how much less each meeting counts than the one after it, in (0, 1]. */
  readonly fading: number
  readonly floor: number
}

/** What tips the scale between items that voices put forward. */
export function poolSignals(
  train: Sequences,
  { inOrder, newest, repeats, fading: decay, floor }: PoolSignalSettings,
): readonly ItemSignal[] {
  const rowCount = train.starts.length - 1
  return [
    demandIn(train, rowCount),
    ...(inOrder ? [demandIn(train, Math.ceil(newest * rowCount))] : []),
    ...(repeats ? [wasMet, wasLast, fading(decay, floor)] : []),
  ]
}
