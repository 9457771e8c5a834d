import { blended, type Part } from '../../../blend/blended.ts'
import { fitShares } from '../../../blend/fit-shares.ts'
import { fitPool, pooled } from '../../../blend/pool/log-pool.ts'
import { addShare } from '../../../blend/share.ts'
import type { Recommender } from '../../../evaluation/protocols/question.ts'
import type { TrainingRun } from '../../../model.ts'
import type { Sequences } from '../../../sequences.ts'
import { poolSignals } from './pool-signals.ts'
import type { RowKind, Withheld } from './withheld.ts'

/** The same voices, of what is left to learn from and of all there is, in the same places. */
export interface TwiceLearned {
  readonly known: readonly Recommender[]
  readonly later: readonly Recommender[]
}

/** Fewer steps would weigh by chance: then all speak alike; a pool has more to weigh. */
const [blendMin, poolMin] = [50, 500]

/** How long the lists are by which voices are weighed. */
const judgedLength = 10

/**
 * Several that say what comes next, as loud as withheld steps say: blended in shares, and pooled
 * with what is in demand where that is better.
 */
export async function weighedVoices(
  { known, later }: TwiceLearned,
  all: Sequences,
  { train, asked, kind }: Withheld & { readonly kind: RowKind },
  { signal }: TrainingRun,
): Promise<Recommender> {
  const options = { k: judgedLength, ...(signal && { signal }) }
  const few = asked.questions.length
  const shares = few < blendMin ? known.map(() => 1) : await fitShares(known, asked, options)
  const partsOf = (voices: readonly Recommender[]): readonly Part[] =>
    voices
      .map((recommender, voice) => ({ recommender, share: shares[voice]! }))
      .filter(({ share }) => share > 0)
  if (few < poolMin) return blended(partsOf(later), addShare)
  const pool = { reach: 50, floor: 1e-4, repeats: !asked.dropsPast }
  const signalsOf = (rows: Sequences) =>
    poolSignals(rows, { ...pool, inOrder: kind === 'sessions', newest: 0.045, fading: 0.7 })
  const weights = await fitPool({ voices: partsOf(known), signals: signalsOf(train) }, asked, {
    ...{ ...options, ...pool, passes: 20, rate: 0.1, l2: 1e-4 },
  })
  // The blend alone is cheaper to ask.
  if (weights.slice(1).every((weight) => weight === 0)) return blended(partsOf(later), addShare)
  return pooled({ voices: partsOf(later), signals: signalsOf(all) }, weights, pool)
}
