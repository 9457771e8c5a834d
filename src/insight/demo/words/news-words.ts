import { type Holes, writerFor } from './grammar.ts'
import type { Beat } from './subject.ts'

export interface Story {
  readonly title: string
  readonly summary: string
  readonly text: string
  readonly keywords: readonly string[]
}

/** Manners of writing, one for each hidden part of an item: what no channel tells. */
const manners: readonly { readonly word: string; readonly titles: readonly string[] }[] = [
  {
    word: 'guide',
    titles: [
      'A field guide to {thing}',
      '{n} small habits for working with {thing}',
      '{thing}, explained for {readers}',
      'How we moved {n} services to {thing}',
      'Getting started with {thing} without regrets',
      'A weekend with {thing}: what {readers} should know',
    ],
  },
  {
    word: 'incident',
    titles: [
      'The night {thing} took {org} down',
      'Post-mortem: {n} hours of trouble with {thing}',
      'What broke when {org} trusted {thing}',
      'Debugging {thing} at three in the morning',
      '{n} alarms, one cause: {thing}',
      'The quiet failure behind {thing} at {org}',
    ],
  },
  {
    word: 'release',
    titles: [
      '{org} ships a new take on {thing}',
      '{org} opens its work on {thing}',
      'What changes for {thing} this {season}',
      '{org} bets its {season} release on {thing}',
      'First look: {thing} from {org}',
      '{n} updates to {thing} worth an afternoon',
    ],
  },
  {
    word: 'opinion',
    titles: [
      'The case against {thing}',
      'We were wrong about {thing}',
      'Nobody needs {thing}, until they do',
      'In defence of {thing}',
      'Stop apologising for {thing}',
      'What {readers} get wrong about {thing}',
    ],
  },
  {
    word: 'history',
    titles: [
      'A short history of {thing}',
      'Ten years of {thing}: notes from {org}',
      'Where {thing} came from, and who kept it alive',
      'The slow return of {thing}',
      'What the old papers say about {thing}',
      '{n} ideas that led to {thing}',
    ],
  },
  {
    word: 'deep dive',
    titles: [
      'Inside {thing}: a close reading',
      '{thing}, measured: {n} experiments',
      'What {n} teams learned from {thing}',
      'The hidden cost of {thing}',
      'From {other} to {thing} in {n} weeks',
      '{thing} and {other}, side by side',
    ],
  },
]

const always: Holes = {
  n: ['three', 'four', 'five', 'six', 'seven', 'nine', 'eleven', 'twelve', '14', '20', '30'],
  season: ['spring', 'summer', 'autumn', 'winter'],
  readers: [
    ...['beginners', 'small teams', 'reviewers', 'platform teams', 'people in a hurry'],
    ...['the on-call engineer', 'technical leads', 'sceptics', 'students'],
  ],
  org: [
    ...['Quillworks', 'Tidewater', 'Mossgrove', 'Parallax Labs', 'Brightfold', 'Lanternfish'],
    ...[
      'Copperline',
      'Fieldnote',
      'Halfmoon',
      'Juniper Road',
      'Saltbox',
      'Plainsong',
      'Understory',
    ],
    ...['Harbour Nine', 'Kitehill', 'Oakmere'],
  ],
}

/** Where or how: headlines that would else be the same differ in it. */
const angles = [
  ...['in production', 'on a budget', 'in small teams', 'after the hype', 'without tears'],
  ...['at {org}', 'from scratch', 'for {readers}', 'under load', 'the slow way', 'in practice'],
  ...['behind the scenes', 'on old hardware', 'in one afternoon', 'across time zones'],
]

const angledShare = 0.6

const leads = [
  '{org} spent {n} weeks with {thing} and wrote down what held up.',
  'A team at {org} looked at {thing} again, with {n} questions in mind.',
  'For {readers}, {thing} used to be a footnote. That has changed.',
  'Few subjects divide {readers} like {thing}.',
  'It began with {thing} and ended with a different plan for the {season}.',
]

const turns = [
  'The surprise came from {other}.',
  'The numbers are smaller than expected, and more useful.',
  'What remains is a short list, and one open question.',
  'Most of it can be tried in an afternoon.',
  'The conclusion is more careful than the headline.',
]

const bodies = [
  'The first attempt took {n} days and taught the team mostly what to leave out. “Nobody has to ' +
    'be clever about {thing},” one engineer says, “but everybody has to be precise.”',
  'Two details matter more than the rest: who owns {thing}, and how one finds out that it has ' +
    'stopped working. {org} answers both on a single page that anybody may change.',
  'Compared with {other}, the picture is mixed. What gets faster is easy to show; what gets ' +
    'simpler shows only after {n} months, when somebody new joins.',
  'Not everybody is convinced. For {readers}, the objection goes, {other} solved half of this ' +
    'years ago, and the other half was never the problem.',
  'The measurements are public: {n} runs on ordinary machines, with the outliers left in. ' +
    'Repeating them takes an evening and no special equipment.',
  'What would they do differently? Start with the smallest case, write the test for {thing} ' +
    'first, and keep {other} around until nobody asks for it any more.',
]

/** A story about a beat; `other` is a second one that it touches, or the same. */
export function storyOf(key: string, main: Beat, other: Beat, tone: number): Story {
  const { pick, chance, write, fill } = writerFor(key, always)
  const place = pick([...main.things.keys()])
  const thing = main.things[place]!
  const beside = pick(other.things.filter((one) => one !== thing))
  const holes = { thing, other: beside }
  const manner = manners[tone % manners.length]!
  const angle = chance(angledShare) ? ` ${fill(pick(angles))}` : ''
  const title = write(manner.titles, { ...holes, thing: thing + angle })
  const summary = `${write(leads, holes)} ${write(turns, holes)}`
  const first = pick([...bodies.keys()])
  const text = [0, 1, 2].map((step) => write([bodies[(first + step * 2) % bodies.length]!], holes))
  const second = other.words[other.things.indexOf(beside)]!
  const keywords = [...new Set([main.words[place]!, second, manner.word])]
  return { title, summary, text: text.join('\n\n'), keywords }
}
