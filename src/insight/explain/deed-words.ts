import type { Action } from '../../events/event.ts'
import type { Deed } from '../../state/projections/history.ts'

/** What somebody did with an item that they turned out to like, as they would say it. */
const verbs: Readonly<Partial<Record<Action, string>>> = {
  click: 'opened',
  read: 'read',
  play: 'played',
  like: 'liked',
  comment: 'commented on',
  share: 'shared',
  collect: 'saved',
  follow: 'followed',
}

/** "liked Heat and Ran", "gave Heat 5 stars", "rated Heat and Ran 4 stars or more". */
export function deedWords(deeds: readonly Pick<Deed, 'action' | 'value'>[], what: string): string {
  const [first] = deeds
  if (first?.action !== 'rate') return `${verbs[first?.action ?? 'like'] ?? 'liked'} ${what}`
  const stars = deeds.flatMap(({ value }) => value ?? [])
  if (stars.length < deeds.length) return `rated ${what} highly`
  // Halves are read more easily than what an average of stars may come to.
  const least = Math.floor(Math.min(...stars) * 2) / 2
  if (deeds.length === 1) return `gave ${what} ${Number(stars[0]!.toFixed(2))} stars`
  return `rated ${what} ${least} stars or more`
}

/** The deeds of the kind that most of them are of, so that one verb is true of all of them. */
export function ofOneKind(deeds: readonly Deed[]): readonly Deed[] {
  const kinds = new Map<Action, Deed[]>()
  for (const deed of deeds) {
    const kind = kinds.get(deed.action)
    if (kind === undefined) kinds.set(deed.action, [deed])
    else kind.push(deed)
  }
  let most: readonly Deed[] = []
  for (const kind of kinds.values()) if (kind.length > most.length) most = kind
  return most
}

/** "Heat", "Heat and Ran", "Heat, Ran and Tampopo". */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}

const numerals = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
]

/** "three Pixar titles"; a tag that is no name, or of several words, stands in quotes. */
export function taggedTitles(count: number, tag: string): string {
  const number = numerals[count] ?? String(count)
  return /^\p{Lu}\S*$/u.test(tag) ? `${number} ${tag} titles` : `${number} titles tagged “${tag}”`
}
