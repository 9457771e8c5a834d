import { listed } from './deed-words.ts'
import type { Share } from './shares.ts'
import { type Knowledge, plainly, type Subject, type Told } from './subject.ts'

/** What is called new. */
const newMs = 30 * 86_400_000

/** Features that are above 0 only where the item was liked of late. */
const lately = ['heat-day', 'heat-fortnight', 'likes-today']

/** A reason that rests on nothing that the user did, where it is true of the item. */
export function plainReason(
  { family, name }: Share,
  subject: Subject,
  knowledge: Knowledge,
): Told | undefined {
  const { feature, sources } = subject
  switch (family) {
    case 'taste':
      return plainly('taste', 'It matches your taste, as far as what you liked tells it.')
    case 'regard':
      return feature('like-rate') + feature('mean-signal') + feature('mean-rating') > 0
        ? plainly('regard', 'People who know it like it.')
        : undefined
    case 'momentum':
      return lately.some((name) => feature(name) > 0) || sources.includes('trending')
        ? plainly('momentum', 'Popular lately.')
        : undefined
    case 'opening':
      return feature('click-rate') > 0
        ? plainly('opening', 'People who see it open it.')
        : undefined
    case 'age':
      return isNew(subject, knowledge) ? plainly('age', 'New here.') : undefined
    case 'agreement':
      return sources.length > 1
        ? plainly('agreement', `${sources.length} of our sources agree on it.`)
        : undefined
    case 'attribute':
      return plainly('attribute', `${name} ${name.endsWith('s') ? 'speak' : 'speaks'} for it.`)
    case 'own':
      return plainly('source', `${name} speaks for it.`)
    default:
      return undefined
  }
}

export function isNew({ item, trace }: Subject, { catalogue }: Knowledge): boolean {
  const age = trace.at - catalogue.availableFrom(item)
  return age >= 0 && age < newMs
}

const bySource: Readonly<Record<string, string>> = {
  trending: 'Popular lately.',
  popular: 'Many people like it.',
  nearest: 'It matches your taste, as far as what you liked tells it.',
  'item-neighbors': 'It goes with what you liked last.',
  'beside-liked': 'It goes with something that you liked.',
  'by-interest': 'It is about what you care for.',
  'same-attribute': 'It is about what you like.',
  'each-value': 'One of the best of its kind.',
  fresh: 'New here.',
  explore: 'Few have seen it yet.',
  sweep: 'It was still on the shelves.',
}

/** What the sources alone say, the most telling one first. */
export function reasonOfSources(sources: readonly string[]): Told {
  const known = Object.keys(bySource).find((source) => sources.includes(source))
  if (known !== undefined) return plainly('source', bySource[known]!)
  if (sources.length > 0) return plainly('source', `${listed(sources)} proposed it.`)
  return plainly('filler', 'It fills a page on which little else was left.')
}
