import { factorsName, rankerName } from '../../src/engine/training/models-in-force.ts'
import { manualClock } from '../../src/events/clock.ts'
import { seededRandom } from '../../src/kernel/random.ts'
import { logisticModel } from '../../src/models/logistic/logistic-model.ts'
import type { RankingModel } from '../../src/models/model.ts'
import { openRegistry } from '../../src/models/registry/disk-registry.ts'
import { endsAt } from './catalogue.ts'
import { openWorld } from './world.ts'

/**
 * Puts a linear ranker beside the factors that were trained, for the next start to find. Over
 * tastes
 * that are made up a learned one may lose to a single column and be refused; what a ranker costs
 * does
 * not depend on its weights.
 */
export async function publishRanker(modelsFolder: string): Promise<RankingModel> {
  await using world = await openWorld()
  const { features } = world.residents
  const random = seededRandom('ranker')
  const numbers = (of: (feature: number) => number) => Float64Array.from(features.keys(), of)
  const model = logisticModel({
    features: features.map(({ name }) => name),
    bias: -3,
    absent: numbers((feature) => Math.fround(features[feature]!.absent)),
    mean: numbers(() => 0),
    deviation: numbers(() => 1),
    slope: numbers(() => random.next() - 0.3),
    ifAbsent: numbers(() => 0),
  })
  const registry = await openRegistry(modelsFolder, manualClock(endsAt))
  const factors = await registry.latest(factorsName)
  if (factors === undefined) throw new Error(`${modelsFolder} holds no factors`)
  // What the factors say of the log that they were learned from holds for this one as well.
  const { kind, ...learnedFrom } = factors.artifact.header
  const { header, weights } = model.save()
  await registry.publish(rankerName, { header: { ...learnedFrom, ...header }, weights })
  return model
}
