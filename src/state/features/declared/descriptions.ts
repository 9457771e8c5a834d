import type { Feature } from '../feature.ts'
import { declaredSets } from './sets/declared-sets.ts'
import { loggedFeatures, ownFeatures } from './sets/own-features.ts'

/** What names of features and columns mean; '' where this version of the program knows none. */
export interface Descriptions {
  feature(name: string): string
  column(set: string, name: string): string
}

export const noDescriptions: Descriptions = { feature: () => '', column: () => '' }

/** @param features all that the engine has, those of sources that come and go among them */
export function descriptionsOf(features: readonly Feature[]): Descriptions {
  const sets = [...declaredSets, ownFeatures(features), loggedFeatures(features, [])]
  return {
    feature: (name) => features.find((feature) => feature.name === name)?.description ?? '',
    column(set, name) {
      const columns = sets.find((each) => each.name === set)?.columns ?? []
      return columns.find((column) => column.name === name)?.description ?? ''
    },
  }
}
