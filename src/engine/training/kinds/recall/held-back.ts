import type { NextStep } from '../../../../models/evaluation/next-step.ts'
import { type Sequences, sequencesOf } from '../../../../models/sequences.ts'

/** Of so many people the last like is not learned from: it tells when to stop. */
export const heldMax = 1_000

/** At most so large a share of them, so that a small log is learned from all the same. */
const heldShareMax = 0.1

/** Fewer than these would stop it by chance: then all epochs are passed. */
const heldMin = 50

/** The last like of some, evenly spread over all who have three or more. */
export function heldBack(sequences: Sequences) {
  const { starts, items, itemCount } = sequences
  const rows = Array.from({ length: starts.length - 1 }, (_, row) =>
    items.subarray(starts[row]!, starts[row + 1]!),
  )
  const long = rows.flatMap((row, at) => (row.length >= 3 ? [at] : []))
  const most = Math.min(heldMax, Math.floor(heldShareMax * long.length))
  const count = most < heldMin ? 0 : most
  const validation: NextStep[] = []
  for (let place = 0; place < count; place++) {
    const at = long[Math.floor((place * long.length) / count)]!
    const [past, target] = [rows[at]!.slice(0, -1), rows[at]!.at(-1)!]
    validation.push({ past, target })
    rows[at] = past
  }
  return { train: sequencesOf(rows, itemCount), validation }
}
