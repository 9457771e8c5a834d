import { invalid, type StarlingError } from '../../error.ts'
import type { LooseJson, LooseObject } from '../../models/serving/wire/loose-json.ts'

export const isList = (value: LooseJson | undefined): value is readonly LooseJson[] =>
  Array.isArray(value)

export const isObject = (value: LooseJson | undefined): value is LooseObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function own(
  value: LooseObject,
  names: readonly string[],
): Partial<Record<string, LooseJson>> {
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(value, name)).map((name) => [name, value[name]]),
  )
}

export function kindOf(value: LooseJson): string {
  if (value === null) return 'Null'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return 'Array'
  if (typeof value === 'bigint') return 'Number'
  const kind = typeof value
  return kind[0]!.toUpperCase() + kind.slice(1)
}

const shownMax = 200

/** A value as JSON, cut where it is long: the whole of it is the caller's, and may be megabytes. */
export function shown(value: LooseJson): string {
  const text =
    JSON.stringify(value, (_, each: unknown) => {
      if (Array.isArray(each)) return each.slice(0, shownMax)
      const isSpecial =
        typeof each === 'bigint' || (typeof each === 'number' && !Number.isFinite(each))
      return isSpecial ? String(each) : each
    }) ?? ''
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text
}

/** A refusal whose message begins with what is wrong, and not with a field: so it does there. */
export function fault(message: string): StarlingError {
  const [field = '', ...rest] = message.split(' ')
  return invalid(field, rest.join(' '))
}
