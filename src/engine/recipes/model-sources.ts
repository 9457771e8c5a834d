import type { Quota } from '../../feed/pipeline/recipe.ts'
import type { Fit } from '../../feed/recall/fit.ts'
import { fromModel } from '../../feed/recall/learned/from-model.ts'
import { recallFamilies } from '../training/kinds/recall/families.ts'
import type { RecallModel } from '../training/kinds/recall/recall-family.ts'

/** The recall model in force under a name, or none before one was trained. */
export type CurrentRecall = (name: string) => RecallModel | undefined

const limit = 100
const deadlineMs = 150

/**
 * Sources by what can be trained for recall, each by its family's name. Until an algorithm names
 * them they bring nothing to any feed.
 */
export function modelSources(current: CurrentRecall, fit: Fit): readonly Quota[] {
  return recallFamilies.map(({ name }) => {
    const source = fromModel({ name, inForce: () => current(name), fit })
    return { source, limit, deadlineMs }
  })
}
