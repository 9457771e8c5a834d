import { knowledge } from '../../src/engine/folds.ts'
import { orderedSources } from '../../src/engine/recipes/recipes.ts'
import { defaultAttributes, openResidents } from '../../src/engine/recipes/residents.ts'
import { fingerprintOf } from '../../src/engine/training/origin.ts'
import { madeUpRanker } from '../../src/models/logistic/made-up-ranker.suite.ts'
import type { Artifact } from '../../src/models/model.ts'
import { openState } from '../../src/state/folded-state.ts'
import { memoryStore } from '../../src/state/store/memory-store.ts'

const state = await openState({ store: memoryStore(), ...knowledge })
const { features } = await openResidents({
  ...{ state, attributes: defaultAttributes, sources: orderedSources, at: 0 },
  factors: () => undefined,
})

/** A ranker of the engine's own features, as a training would publish it. */
export function madeUp(): Artifact {
  const { header, weights } = madeUpRanker(features).save()
  const items = fingerprintOf({ id: String }, 0)
  return { header: { ...header, through: 0, itemCount: 0, items }, weights }
}
