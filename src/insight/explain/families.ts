/** What a feature is about: a kind of reason that people can be told. */
export type Family =
  | 'together'
  | 'taste'
  | 'tags'
  | 'interest'
  | 'regard'
  | 'momentum'
  | 'opening'
  | 'age'
  | 'person'
  | 'agreement'
  | 'pinned'
  | 'explore'
  | 'attribute'
  | 'own'

/** A family under the name that people read: `attribute` and `own` have one for each of theirs. */
export interface NamedFamily {
  readonly family: Family
  readonly name: string
}

const names: Readonly<Record<Exclude<Family, 'attribute' | 'own'>, string>> = {
  together: 'Goes with what you liked',
  taste: 'Matches your taste',
  tags: 'What it is about',
  interest: 'What you care for',
  regard: 'How others like it',
  momentum: 'How it does lately',
  opening: 'How often it is opened',
  age: 'How new it is',
  person: 'How you tend to judge',
  agreement: 'How many sources agree',
  pinned: 'Pinned by an operator',
  explore: 'Being little known',
}

const families: Readonly<Record<string, keyof typeof names>> = {
  'neighbor-score': 'together',
  'rank-item-neighbors': 'together',
  'score-item-neighbors': 'together',
  'factor-match': 'taste',
  'rank-nearest': 'taste',
  'score-nearest': 'taste',
  'rank-same-attribute': 'tags',
  'lasting-interest': 'interest',
  'session-interest': 'interest',
  'rank-by-interest': 'interest',
  likes: 'regard',
  'like-rate': 'regard',
  'mean-signal': 'regard',
  'mean-rating': 'regard',
  'rank-popular': 'regard',
  'score-popular': 'regard',
  'heat-day': 'momentum',
  'heat-fortnight': 'momentum',
  'heat-quarter': 'momentum',
  'likes-today': 'momentum',
  rising: 'momentum',
  'rank-trending': 'momentum',
  'score-trending': 'momentum',
  impressions: 'opening',
  clicks: 'opening',
  'click-rate': 'opening',
  age: 'age',
  'rank-fresh': 'age',
  'history-length': 'person',
  'user-mean-signal': 'person',
  'source-count': 'agreement',
  'rank-pinned': 'pinned',
  'rank-explore': 'explore',
}

/**
 * The family of a feature. What a catalogue or a program brought of its own is named by itself.
 *
 * @param tags the tags attributes that features are made of
 */
export function familyOf(feature: string, tags: readonly string[]): NamedFamily {
  // A plain object also answers to names such as "constructor".
  const known = Object.hasOwn(families, feature) ? families[feature] : undefined
  if (known !== undefined) return { family: known, name: names[known] }
  const source = /^(?:rank|score)-(.+)$/.exec(feature)?.[1]
  if (source !== undefined) return { family: 'own', name: `Source ${spaced(source)}` }
  const attribute = /^(?:liked|disliked|recent|welcome)-(.+)$/.exec(feature)?.[1]
  if (attribute !== undefined && tags.includes(attribute))
    return { family: 'tags', name: names.tags }
  const of = attribute ?? /^(.+)-distance$/.exec(feature)?.[1] ?? feature
  return { family: 'attribute', name: `Its ${spaced(of)}` }
}

const spaced = (name: string): string => name.replaceAll('-', ' ')
