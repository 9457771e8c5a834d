import type { Json } from '../../../events/event.ts'
import type { Formula } from '../../activity/deed-kinds.ts'

/** What every candidate set has. */
interface Shared {
  /** Most items held over all, and most of each channel. */
  readonly capacity: number
  /** How old it may grow before it is made anew; 0: made anew whenever something changed. */
  readonly refreshMs: number
  /** Candidates it brings to a feed; 0 for a set that feeds leave alone. */
  readonly quota: number
  /** Only items of these channels; of all unless told. */
  readonly channels?: readonly string[]
}

/** A library of items that recall draws from, as an operator declares it. */
export type SetDeclaration = Shared &
  (
    | { readonly kind: 'newest'; readonly hours?: number }
    | {
        readonly kind: 'hot' | 'velocity' | 'acceleration'
        readonly hours: number
        readonly formula: Formula
      }
    | { readonly kind: 'random' }
    | { readonly kind: 'high-rating'; readonly doubt: number }
    | {
        readonly kind: 'operator'
        readonly items?: readonly string[]
        readonly filter?: string
        readonly from?: string
        readonly to?: string
      }
  )

export type SetKind = SetDeclaration['kind']

export const setKinds: readonly SetKind[] = [
  'newest',
  'hot',
  'velocity',
  'acceleration',
  'random',
  'high-rating',
  'operator',
]

/** The name of the parameter that declares the sets. */
export const setsParameter = 'candidate-sets'

/** Settings that a declaration may leave out. */
const defaults = {
  ...{ capacity: 100, refreshMs: 60_000, quota: 0 },
  /** What a deed is worth is said in one place: the parameter `signals`. */
  formula: { signal: 1 },
  hours: 24,
  doubt: 10,
}

/** The sets there are until somebody declares others. */
export const defaultSets = {
  newest: { kind: 'newest', capacity: 200, refreshMs: 0 },
  'hot-1h': { kind: 'hot', hours: 1, capacity: 100, refreshMs: 10_000, quota: 20 },
  'hot-24h': { kind: 'hot', hours: 24, capacity: 200, refreshMs: 60_000, quota: 20 },
  rising: { kind: 'velocity', hours: 6, capacity: 100, refreshMs: 60_000, quota: 10 },
  accelerating: { kind: 'acceleration', hours: 1, capacity: 100, refreshMs: 30_000, quota: 10 },
  random: { kind: 'random', capacity: 1_000, refreshMs: 600_000 },
  'top-rated': { kind: 'high-rating', capacity: 200, refreshMs: 300_000, quota: 10 },
} as const satisfies Json

/**
 * The sets by name, from a value that was checked when it was set, with what it leaves out filled
 * in.
 */
export function setsOf(value: Json): ReadonlyMap<string, SetDeclaration> {
  const declared = Object.entries(value as Readonly<Record<string, Partial<SetDeclaration>>>)
  return new Map(
    declared.map(([name, { kind, ...told }]) => [name, { ...filledIn(kind!), ...told, kind }]),
  ) as ReadonlyMap<string, SetDeclaration> // Checked by the parameter's declaration.
}

function filledIn(kind: SetKind): object {
  const { capacity, quota, formula, hours, doubt } = defaults
  const shared = { capacity, quota, refreshMs: kind === 'newest' ? 0 : defaults.refreshMs }
  switch (kind) {
    case 'hot':
    case 'velocity':
    case 'acceleration':
      return { ...shared, hours, formula }
    case 'high-rating':
      return { ...shared, doubt }
    default:
      return shared
  }
}

/** What a set holds, in words for people. */
export function described(set: SetDeclaration): string {
  const inChannels = set.channels === undefined ? '' : ` In ${set.channels.join(', ')} alone.`
  return wordsOf(set) + inChannels
}

function wordsOf(set: SetDeclaration): string {
  switch (set.kind) {
    case 'newest':
      return set.hours === undefined
        ? 'What came last, newest first.'
        : `What came within the last ${set.hours} hours, newest first.`
    case 'hot':
      return `The highest score of the last ${set.hours} hours.`
    case 'velocity':
      return `The most score per hour over the last ${set.hours} hours.`
    case 'acceleration':
      return `What gained most speed: score per hour now, less that of ${set.hours} hours before.`
    case 'random':
      return 'A sample of all that may be shown, each item equally likely.'
    case 'high-rating':
      return `The best rated, each with ${set.doubt} ratings of the mean beforehand.`
    case 'operator':
      return set.items === undefined
        ? `What an operator chose: ${set.filter}.`
        : `${set.items.length} items that an operator chose.`
  }
}
