import type { Part } from '../../../blend/blended.ts'
import { byOrder } from '../../../evaluation/protocols/question.ts'
import { fitMarkov } from '../../../markov/markov.ts'
import type { TrainingRun } from '../../../model.ts'
import type { Sequences } from '../../../sequences.ts'
import { fitSessionKnn } from '../../../session-knn/session-knn.ts'
import type { SessionKnnAsk } from '../../../session-knn/session-knn-model.ts'

/** Of `fitSessionKnn`; of the chain what differs, which looks back as far as they do. */
export interface CountedSettings extends SessionKnnAsk {
  readonly window: number
  readonly chainBackward: number
  readonly chainDecay: number
  readonly followers: number
  readonly further: number
  readonly repeats: boolean
  /** How loud the chain is beside the neighbours; both in shares of one. */
  readonly chainShare: number
}

/** More than there are: those that fade are quiet enough. */
const sessionsMax = 10_000_000

/** Pairs of items that are counted at most, each in some tens of bytes where none comes twice. */
const pairsMax = 40_000_000

/** A chain's window, narrowed where it would count too many pairs: of much, what is near tells. */
export function windowWithin({ items }: Sequences, window: number): number {
  return Math.max(1, Math.min(window, Math.floor(pairsMax / items.length)))
}

/**
 * What is told of what comes next by counting alone: sequences like the present one, and a chain of
 * items. Each sees what the other overlooks. To be blended in shares of one.
 */
export async function countedParts(
  train: Sequences,
  settings: CountedSettings,
  run: TrainingRun,
): Promise<readonly Part[]> {
  const { window, chainBackward, chainDecay, followers, further, repeats, chainShare } = settings
  const neighbors = await fitSessionKnn(train, { ...settings, ...run, sessions: sessionsMax })
  const chain = await fitMarkov(train, {
    ...{ window: windowWithin(train, window), followers, repeats, memory: settings.memory },
    ...{ backward: chainBackward, decay: chainDecay, ...run },
    evidence: { form: 'sum', restraint: 0, further },
  })
  return [
    { recommender: byOrder(neighbors), share: 1 },
    { recommender: byOrder(chain), share: chainShare },
  ]
}
