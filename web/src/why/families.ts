import { spaced } from '../words/listing.ts'

/** Features that say the same kind of thing about an item: people can read a bar per family. */
export interface Family {
  readonly name: string
  /** The end of a sentence that begins with "You see this because". */
  readonly because: string
}

const neighbors = { name: 'Goes with your last likes', because: 'it goes with what you liked last' }
const factors = { name: 'Match with your taste', because: 'it matches your taste' }
const regard = { name: 'How others liked it', because: 'people who know it like it' }
const momentum = { name: 'How it does lately', because: 'it is doing well these days' }
const clicks = { name: 'How often it is opened', because: 'people who see it open it' }
const newness = { name: 'How new it is', because: 'its age speaks for it' }
const you = { name: 'How you tend to judge', because: 'you like most of what you meet' }
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
  'rank-explore': { name: 'Being little known', because: 'few people have met it yet' },
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
  return {
    name: `Its ${words}`,
    because: `its ${words} ${words.endsWith('s') ? 'suit' : 'suits'} you`,
  }
}
