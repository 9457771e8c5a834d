import type { Json } from '../../../events/event.ts'
import { algorithms } from './algorithms.ts'
import { blend } from './blend.ts'
import { blocked } from './blocked.ts'
import { candidateSets } from './candidate-sets.ts'
import type { DeclaredParameter } from './declared-parameter.ts'
import { fusions } from './fusions.ts'
import { grants } from './grants.ts'
import { interests } from './interests.ts'
import { nearline } from './nearline.ts'
import { online } from './online.ts'
import { pins } from './pins.ts'
import { predictLog } from './predict-log.ts'
import { promotion } from './promotion.ts'
import { combinations } from './ranking/combinations.ts'
import { signals } from './signals.ts'

/** All hot parameters, a file each. To add one: write its file, and name it here. */
export const declaredParameters: readonly DeclaredParameter[] = [
  signals,
  interests,
  fusions,
  blend,
  combinations,
  blocked,
  pins,
  candidateSets,
  nearline,
  grants,
  algorithms,
  predictLog,
  promotion,
  online,
]

/** Those that feeds are made by; what is blocked is asked of every item as it is shown. */
export const recipeParameters: readonly string[] = declaredParameters
  .filter(({ makesFeeds }) => makesFeeds)
  .map(({ name }) => name)

/** Why a stored value does not fit what its name stands for in this version of the program. */
export function misfitOf({ check }: DeclaredParameter, value: Json): string | undefined {
  try {
    check(value)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Values of names that this version does not know are nobody's concern. */
export function fitsDeclaration(name: string, value: Json): boolean {
  const declared = declaredParameters.find((parameter) => parameter.name === name)
  return declared === undefined || misfitOf(declared, value) === undefined
}
