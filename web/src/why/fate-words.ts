import type { Fate } from '../state/api.ts'
import { filterWords } from './stage-words.ts'

/** What became of an item, as one would say it. The engine's own reason stands below. */
export function fateWords({ outcome, by = '' }: Fate): string {
  switch (outcome) {
    case 'shown':
      return 'It is on this page.'
    case 'shown-earlier':
      return 'It made the list, and another page had shown it before.'
    case 'waiting':
      return 'It made the list, and had to wait its turn.'
    case 'outranked':
      return by === 'rank' ? 'It was ranked too low.' : `The mixer ${by} left it out.`
    case 'dropped':
      return `A filter dropped it: ${filterWords(by)}.`
    case 'not-recalled':
      return by === 'drop-seen'
        ? 'No source proposed it, since it had been met before.'
        : 'No source proposed it.'
    case 'forgotten':
      return 'Nobody knows any more.'
    case 'unknown':
      return 'There is no such item.'
  }
}
