import type { Fate } from '../state/api.ts'
import { spaced } from '../words/listing.ts'

/** Candidates that shared a fate, and a few of them by name. */
export interface FateGroup {
  readonly words: string
  readonly count: number
  readonly examples: readonly Fate[]
}

const exampleCount = 4

/** Groups what a page left out by what became of it, the largest group first. */
export function fateGroups(lost: readonly Fate[]): readonly FateGroup[] {
  const groups = new Map<string, Fate[]>()
  for (const fate of lost) {
    const words = fateWords(fate)
    const group = groups.get(words) ?? []
    group.push(fate)
    groups.set(words, group)
  }
  return [...groups]
    .map(([words, fates]) => ({
      words,
      count: fates.length,
      examples: fates.slice(0, exampleCount),
    }))
    .sort((a, b) => b.count - a.count)
}

function fateWords({ outcome, by }: Fate): string {
  switch (outcome) {
    case 'waiting':
      return 'made the same list: they were shown before, or wait for their turn'
    case 'outranked':
      return by === undefined || by === 'rank'
        ? 'were ranked too low'
        : `were left out by ${spaced(by)}`
    case 'dropped':
      return `were dropped by ${spaced(by ?? 'a filter')}`
    default:
      return spaced(outcome)
  }
}
