import { invalid } from '../../../error.ts'
import { checkSpace, type Dimension, type Space } from '../../../models/search/space.ts'
import type { DeclaredSettings } from '../kinds/settings.ts'
import type { SearchAsked } from './job.ts'

/**
 * Where a search looks. Throws `invalid_argument` for settings that are not declared or hold no
 * numbers, and for ranges that hold nothing or lie outside of what is declared.
 */
export function spaceOf(declared: DeclaredSettings, { trials, between }: SearchAsked): Space {
  if (!(Number.isInteger(trials) && trials >= 1 && trials <= 1_000)) {
    throw invalid('search.trials', `${trials} must be a whole number >= 1 and <= 1000`)
  }
  const names = Object.keys(between)
  if (names.length === 0) throw invalid('search.between', 'must name a setting to search for')
  const space = Object.fromEntries(
    names.map((name) => {
      const setting = declared[name]
      const field = `search.between.${name}`
      if (setting === undefined || 'choices' in setting) {
        const known = Object.keys(declared).filter((each) => !('choices' in declared[each]!))
        throw invalid(field, `is none of the settings that are numbers: ${known.join(', ')}`)
      }
      const { low, high } = between[name]!
      const { least, most, whole, scale } = setting
      if (!(low < high)) {
        throw invalid(field, `from ${low} to ${high} is no range: low must be < high`)
      }
      if (!(low >= least && high <= most)) {
        throw invalid(field, `from ${low} to ${high} must lie within ${least} and ${most}`)
      }
      const dimension: Dimension = whole
        ? { kind: 'integer', low, high, log: scale === 'log' }
        : { kind: scale === 'log' ? 'log-uniform' : 'uniform', low, high }
      return [name, dimension] as const
    }),
  )
  checkSpace(space)
  return space
}
