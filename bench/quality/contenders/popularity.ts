import { defaultSignals, positiveSignal, signalOf } from '../../../src/events/signals.ts'
import type { Cells } from '../../../src/models/interactions.ts'
import type { Contender } from '../contender.ts'

/** The most liked items: as they stood at the cut, and as they stand at the moment. */
export function popularity(likes: Cells, itemCount: number): Contender {
  const frozen = new Float32Array(itemCount)
  for (const item of likes.items) frozen[item]! += 1
  const live = frozen.slice()
  return {
    rows: ['popularity', 'popularity, live'],
    training: { seconds: 0, peakBytes: 0 },
    rank: () => [{ scores: frozen }, { scores: live }],
    told({ action, value }, item) {
      if (signalOf(defaultSignals, action, value) >= positiveSignal) live[item]! += 1
    },
  }
}
