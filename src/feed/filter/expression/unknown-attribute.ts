import type { StarlingError } from '../../../error.ts'
import { channelsName } from '../../../state/projections/schema.ts'
import { clipped, fault } from './fault.ts'
import { innate, spelt } from './names.ts'
import type { Subject } from './syntax.ts'

const shownMax = 20

/** The error that no item has such an attribute: with the nearest name, and those there are. */
export function unknownAttribute(
  { name, column }: Subject,
  schema: ReadonlyMap<string, unknown>,
): StarlingError {
  const names = [...schema.keys()].sort()
  const always = [channelsName, ...innate]
  const nearest = nearestName(name, [...always, ...names])
  const question =
    nearest === undefined
      ? '.'
      : `; did you mean ${always.includes(nearest) ? nearest : spelt(nearest)}?`
  const shown = names.slice(0, shownMax).map(spelt)
  const more = names.length > shownMax ? ` and ${names.length - shownMax} more` : ''
  const known = [...shown, ...always].join(', ')
  return fault(
    column,
    `no item has an attribute ${clipped(name)}${question} Known: ${known}${more}`,
  )
}

/** The name that takes the fewest edits, where those are few enough to be a slip. */
function nearestName(wrong: string, names: readonly string[]): string | undefined {
  let nearest: string | undefined
  let least = 1 + Math.min(2, Math.floor(wrong.length / 2))
  for (const name of names) {
    // The difference in length alone takes as many edits: long names are not even looked at.
    if (Math.abs(name.length - wrong.length) >= least) continue
    const edits = editDistance(wrong.toLowerCase(), name.toLowerCase())
    if (edits < least) [least, nearest] = [edits, name]
  }
  return nearest
}

/** How many letters must be put, dropped or replaced (Wagner & Fischer, 1974). */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const line = [row]
    for (let column = 1; column <= b.length; column++) {
      const replaced = above[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1)
      line.push(Math.min(replaced, above[column]! + 1, line[column - 1]! + 1))
    }
    above = line
  }
  return above[b.length]!
}
