import { factorsName, rankerName } from '../../src/engine/training/models-in-force.ts'
import { manualClock } from '../../src/events/clock.ts'
import { madeUpRanker } from '../../src/models/logistic/made-up-ranker.suite.ts'
import type { RankingModel } from '../../src/models/model.ts'
import { openRegistry } from '../../src/models/registry/disk-registry.ts'
import { endsAt } from './catalogue.ts'
import { openWorld } from './world.ts'

/** Puts a ranker beside the factors that were trained, for the next start to find. */
export async function publishRanker(modelsFolder: string): Promise<RankingModel> {
  await using world = await openWorld()
  const model = madeUpRanker(world.residents.features)
  const registry = await openRegistry(modelsFolder, manualClock(endsAt))
  const factors = await registry.latest(factorsName)
  if (factors === undefined) throw new Error(`${modelsFolder} holds no factors`)
  // What the factors say of the log that they were learned from holds for this one as well.
  const { kind, ...learnedFrom } = factors.artifact.header
  const { header, weights } = model.save()
  await registry.publish(rankerName, { header: { ...learnedFrom, ...header }, weights })
  return model
}
