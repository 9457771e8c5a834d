import { spaced } from '../words/listing.ts'

/** What the filters of the engine drop, as the end of a sentence that begins with a number. */
const filters: Readonly<Record<string, string>> = {
  'drop-seen': 'met before',
  'drop-acted-on': 'acted on before',
  'drop-withdrawn': 'withdrawn or out of time',
  'drop-blocked': 'blocked by an operator',
  'drop-excluded': 'left out by request',
  'drop-unfit': 'outside the request’s filter',
  'drop-off-channel': 'not in the channel',
  limit: 'beyond what is ranked',
}

/** What the mixers of the engine do. */
const mixers: Readonly<Record<string, string>> = {
  spread: 'Keeps kinds apart',
  blend: 'Shares out the places',
  'explore-slots': 'Tries the little known',
  pin: 'Sets pinned items',
  shelve: 'Lays out the shelves',
}

export const filterWords = (name: string): string => filters[name] ?? spaced(name)

export const mixerWords = (name: string): string => mixers[name] ?? spaced(name)
