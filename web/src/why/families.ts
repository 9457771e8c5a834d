import { listing, spaced } from '../words/listing.ts'

/** Features that say the same kind of thing about an item. A bar per family is what people can read. */
export interface Family {
  readonly name: string
  /** How it ends a sentence that begins with "You see this because". */
  readonly because: string
}

const neighbors = { name: 'Goes with your last likes', because: 'it goes with what you liked last' }
const factors = { name: 'Match with your taste', because: 'it matches your taste' }
const regard = { name: 'How others liked it', because: 'people who know it like it' }
const momentum = { name: 'How it does lately', because: 'it is doing well these days' }
const clicks = { name: 'How often it is opened', because: 'people who see it open it' }
const newness = { name: 'How new it is', because: 'it is as new as you like it' }
const you = { name: 'How you tend to judge', because: 'you are easy to please' }
const agreement = { name: 'How many sources agree', because: 'several sources agree on it' }

const families: Readonly<Record<string, Family>> = {
  'neighbor-score': neighbors,
  'rank-item-neighbors': neighbors,
  'factor-match': factors,
  'rank-nearest': factors,
  likes: regard,
  'like-rate': regard,
  'mean-signal': regard,
  'mean-rating': regard,
  'rank-popular': regard,
  'heat-day': momentum,
  'heat-fortnight': momentum,
  'heat-quarter': momentum,
  'likes-today': momentum,
  rising: momentum,
  'rank-trending': momentum,
  impressions: clicks,
  clicks,
  'click-rate': clicks,
  age: newness,
  'rank-fresh': newness,
  'history-length': you,
  'user-mean-signal': you,
  'source-count': agreement,
  'rank-pinned': { name: 'Placed by hand', because: 'it was placed by hand' },
  'rank-explore': { name: 'A chance for the unknown', because: 'few people have met it yet' },
}

/** The family of a feature. What a catalogue or a program brought of its own is named by itself. */
export function familyOf(feature: string): Family {
  const known = families[feature]
  if (known !== undefined) return known
  const tags = /^(?:liked|disliked|recent)-(.+)$/.exec(feature)?.[1]
  const rank = /^rank-(.+)$/.exec(feature)?.[1]
  const attribute = /^(.+)-distance$/.exec(feature)?.[1] ?? tags
  if (rank === 'same-attribute') return aboutItem('genres')
  if (rank !== undefined) return { name: `Source ${spaced(rank)}`, because: `${rank} proposed it` }
  return aboutItem(attribute ?? feature)
}

function aboutItem(attribute: string): Family {
  const words = attribute === 'channels' ? 'genres' : spaced(attribute)
  return { name: `Its ${words}`, because: `you like its ${words}` }
}

/** A family's share of an item's score. */
export interface Share extends Family {
  readonly contribution: number
}

interface Feature {
  readonly name: string
  readonly value: number
  readonly contribution: number
}

export interface Shares {
  /** What sets the item apart from the rest of its page, largest first. */
  readonly own: readonly Share[]
  /** The sum of what is the same for the whole page. */
  readonly common: number
}

/** Adds features up by family. `page` holds the features of all items of the page. */
export function sharesOf(
  features: readonly Feature[],
  page: readonly (readonly Feature[])[],
): Shares {
  const others = page.filter((item) => item.length === features.length)
  const sums = new Map<string, Share>()
  let common = 0
  for (const [index, { name, contribution }] of features.entries()) {
    const same = others.every((item) => item[index]?.contribution === contribution)
    if (others.length > 1 && same) {
      common += contribution
      continue
    }
    const family = familyOf(name)
    const before = sums.get(family.name)?.contribution ?? 0
    sums.set(family.name, { ...family, contribution: before + contribution })
  }
  const own = [...sums.values()].sort(
    (a, b) => Math.abs(b.contribution) - Math.abs(a.contribution),
  )
  return { own, common }
}

/** Less than this part of the strongest reason is no reason to speak of. */
const worthTelling = 0.25

/** One sentence on why an item is shown, from what weighed most. */
export function sentenceOf({ own }: Shares, sources: readonly string[]): string {
  const reasons = own.filter(({ contribution }) => contribution > 0)
  const [strongest] = reasons
  const told = reasons
    .filter(({ contribution }) => contribution >= (strongest?.contribution ?? 0) * worthTelling)
    .slice(0, 2)
    .map(({ because }) => because)
  if (told.length > 0) return `You see this because ${listing(told)}.`
  const [source] = sources
  if (source === undefined) return 'It fills a page on which little else was left.'
  return `You see this because ${sourceWords(source).because}.`
}

const sources: Readonly<Record<string, { short: string; because: string }>> = {
  pinned: { short: 'Placed by hand', because: 'it was placed by hand' },
  nearest: { short: 'Close to your taste', because: 'it is close to your taste' },
  'item-neighbors': {
    short: 'Goes with what you liked',
    because: 'people who liked what you liked last liked it too',
  },
  'same-attribute': { short: 'More of your genres', because: 'it is in genres that you like' },
  trending: { short: 'Trending now', because: 'many people liked it lately' },
  popular: { short: 'Liked by many', because: 'many people like it' },
  fresh: { short: 'New here', because: 'it is new' },
  explore: { short: 'Something different', because: 'few people have met it yet' },
  sweep: { short: 'From the shelves', because: 'it was still on the shelves' },
}

/** What a source of candidates stands for. */
export function sourceWords(source: string): { short: string; because: string } {
  return sources[source] ?? { short: `By ${spaced(source)}`, because: `${source} proposed it` }
}
