import { fitPool, pooled, type Witnesses } from '../../../blend/pool/log-pool.ts'
import type { Recommender } from '../../../evaluation/protocols/question.ts'
import type { TrainingRun } from '../../../model.ts'
import type { Sequences } from '../../../sequences.ts'
import { type CountedSettings, countedParts } from './counted-parts.ts'
import { type PoolSignalSettings, poolSignals } from './pool-signals.ts'
import type { Withheld } from './withheld.ts'

export interface CountedPoolSettings extends CountedSettings, PoolSignalSettings {
  readonly reach: number
  readonly passes: number
}

/**
 * Chains and neighbouring sessions, and what is in demand, in a logarithmic pool. It is weighed by
 * steps that the voices did not see; then they learn from all.
 */
export async function fitCountedPool(
  { train, withheld }: { readonly train: Sequences; readonly withheld: Withheld },
  settings: CountedPoolSettings,
  run: TrainingRun,
): Promise<Recommender> {
  const known = await witnessesOf(withheld.train, settings, run)
  const weights = await fitPool(known, withheld.asked, { ...settings, ...poolFit(settings, run) })
  return pooled(await witnessesOf(train, settings, run), weights, settings)
}

function poolFit({ passes }: CountedPoolSettings, { signal }: TrainingRun) {
  return { passes, rate: 0.1, l2: 1e-4, k: 20, ...(signal && { signal }) }
}

async function witnessesOf(
  train: Sequences,
  settings: CountedPoolSettings,
  { seed, signal }: TrainingRun,
): Promise<Witnesses> {
  const voices = await countedParts(train, settings, { seed, ...(signal && { signal }) })
  return { voices, signals: poolSignals(train, settings) }
}
