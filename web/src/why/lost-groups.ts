import type { Fate } from '../state/api.ts'
import { spaced } from '../words/listing.ts'
import { filterWords } from './stage-words.ts'

/** Candidates that shared a fate. */
export interface LostGroup {
  readonly key: string
  readonly stage: string
  /** The end of a sentence that begins with how many there are. */
  readonly words: string
  readonly fates: readonly Fate[]
}

/** Groups what a page does not show by the stage that lost it, in the order of the stages. */
export function lostGroups(lost: readonly Fate[]): readonly LostGroup[] {
  const groups = new Map<string, Fate[]>()
  for (const fate of lost) {
    const key = `${fate.outcome} ${fate.outcome === 'waiting' ? '' : (fate.by ?? '')}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [fate])
    else group.push(fate)
  }
  return [...groups]
    .map(([key, fates]) => ({ key, ...wordsOf(fates[0]), fates }))
    .sort((one, other) => order.indexOf(one.stage) - order.indexOf(other.stage))
}

const order = ['Filters', 'Ranker', 'Mixers', 'Shown', 'Queue', 'Elsewhere']

function wordsOf(fate: Fate | undefined): { readonly stage: string; readonly words: string } {
  const by = fate?.by ?? ''
  switch (fate?.outcome) {
    case 'dropped':
      return { stage: 'Filters', words: filterWords(by) }
    case 'outranked':
      return by === 'rank'
        ? { stage: 'Ranker', words: 'ranked below the last place' }
        : { stage: 'Mixers', words: `left out by ${spaced(by)}` }
    case 'shown-earlier':
      return { stage: 'Shown', words: 'shown on other pages before' }
    case 'waiting':
      return { stage: 'Queue', words: 'made the list, and came later or wait' }
    default:
      return { stage: 'Elsewhere', words: spaced(fate?.outcome ?? '') }
  }
}
