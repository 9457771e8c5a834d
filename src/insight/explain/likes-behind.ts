import type { Deed } from '../../state/projections/history.ts'
import { deedWords, listed, ofOneKind, taggedTitles } from './deed-words.ts'
import type { Knowledge, Subject, Told } from './subject.ts'

/** Titles that a sentence holds before it becomes a list. */
const namedCountMax = 3

/** Likes of people who liked this as well: "Others who liked Heat liked this". */
export function likedTogether({ trace, place }: Subject, { titleOf }: Knowledge): Told | undefined {
  const deeds = marked(trace.grounds?.liked, trace.grounds?.together[place])
  if (deeds.length === 0) return undefined
  const named = listed(deeds.slice(0, namedCountMax).map(({ item }) => titleOf(item)))
  return { reason: 'together', because: `Others who liked ${named} liked this.`, deeds }
}

/** Likes whose factors point the same way: "Because you gave Heat 5 stars". */
export function likedAlike({ trace, place }: Subject, { titleOf }: Knowledge): Told | undefined {
  const { liked, alike } = trace.grounds ?? {}
  const deeds = ofOneKind(marked(liked, alike?.[place])).slice(0, namedCountMax)
  if (deeds.length === 0) return undefined
  const named = listed(deeds.map(({ item }) => titleOf(item)))
  return { reason: 'taste', because: `Because you ${deedWords(deeds, named)}.`, deeds }
}

/** Likes that share a tag with the item: "Because you rated three Pixar titles 4 stars or more". */
export function likedOfAKind(subject: Subject, knowledge: Knowledge): Told | undefined {
  const best = tellingTag(subject, knowledge)
  if (best === undefined) return undefined
  const { tag, deeds } = best
  const [only] = deeds
  if (only !== undefined && deeds.length === 1) {
    const did = deedWords(deeds, knowledge.titleOf(only.item))
    return { reason: 'tags', because: `Because you ${did}: both are tagged “${tag}”.`, deeds }
  }
  const did = deedWords(deeds, taggedTitles(deeds.length, tag))
  return { reason: 'tags', because: `Because you ${did}.`, deeds }
}

interface TellingTag {
  readonly tag: string
  readonly deeds: readonly Deed[]
}

/**
 * The tag of the item that says most of the user: many of their likes have it, and few items do
 * (inverse document frequency, Sparck Jones 1972). One like alone makes no taste, so counts are
 * taken by their logarithm.
 */
function tellingTag(subject: Subject, { catalogue, tags }: Knowledge): TellingTag | undefined {
  const liked = subject.trace.grounds?.liked ?? []
  let best: TellingTag | undefined
  let weightMax = 0
  for (const attribute of tags) {
    const column = catalogue.tags(attribute)
    // The ranker must have seen it too, where it told what it saw.
    if (column === undefined || !speaksFor(subject, attribute)) continue
    for (const code of column.of(subject.item)) {
      const sharing = liked.filter(({ item }) => item !== subject.item && column.has(item, code))
      const deeds = ofOneKind(sharing)
      const rarity = Math.log((1 + catalogue.size) / column.count(code))
      const weight = Math.log1p(deeds.length) * rarity
      if (weight <= weightMax) continue
      weightMax = weight
      best = { tag: column.names[code]!, deeds }
    }
  }
  return best
}

function speaksFor({ shares, feature }: Subject, attribute: string): boolean {
  const speaking = ['liked', 'recent', 'welcome'].map((part) => feature(`${part}-${attribute}`))
  return shares.length === 0 || speaking.reduce((sum, share) => sum + share, 0) > 0
}

function marked(liked: readonly Deed[] = [], bits = 0): readonly Deed[] {
  return liked.filter((_deed, bit) => bit < 32 && ((bits >>> bit) & 1) === 1)
}
