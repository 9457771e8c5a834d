import { invalid } from '../../error.ts'
import type { Call } from '../command.ts'

/** A number of the command line. Throws `invalid_argument` with what is allowed. */
export function numberOption(
  values: Call['values'],
  name: string,
  otherwise: number,
  [least, most]: readonly [number, number],
): number {
  const told = values[name]
  if (told === undefined) return otherwise
  const number = told === '' ? Number.NaN : Number(told)
  if (number >= least && number <= most) return number
  throw invalid(name, `${told} must be a number >= ${least} and <= ${most}`)
}

/** The same for what is counted. */
export function countOption(
  values: Call['values'],
  name: string,
  otherwise: number,
  [least, most]: readonly [number, number],
): number {
  const told = values[name]
  if (told === undefined) return otherwise
  const count = told === '' ? Number.NaN : Number(told)
  if (Number.isInteger(count) && count >= least && count <= most) return count
  throw invalid(name, `${told} must be a whole number >= ${least} and <= ${most}`)
}
