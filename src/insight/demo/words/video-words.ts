import { type Holes, writerFor } from './grammar.ts'
import type { Story } from './news-words.ts'
import type { Show } from './subject.ts'

/** Ways of filming, one for each hidden part of an item: what no channel tells. */
const manners: readonly { readonly word: string; readonly titles: readonly string[] }[] = [
  {
    word: 'slow motion',
    titles: ['{player} {happens}, in slow motion', '{n} times slower: {player} {happens}'],
  },
  {
    word: 'story',
    titles: ['Day {n}: {player} {happens}', 'Part {n}: {player} {happens}'],
  },
  {
    word: 'point of view',
    titles: ['POV: {player} {happens}', 'You are here: {player} {happens}'],
  },
  {
    word: 'loud',
    titles: ['Sound on: {player} {happens}', '{player} {happens}!'],
  },
  {
    word: 'calm',
    titles: ['{player} {happens}, and nothing else', 'A quiet minute: {player} {happens}'],
  },
  {
    word: 'first try',
    titles: ['First try: {player} {happens}', 'Nobody believed this: {player} {happens}'],
  },
]

const always: Holes = { n: ['2', '3', '4', '5', '7', '9', '12', '30', '40', '100'] }

/** What else was the case: titles that would else be the same differ in it. */
const endings = [
  ...[
    '(again)',
    '(twice)',
    'in the rain',
    'at dawn',
    'while nobody looks',
    'and we cannot explain it',
  ],
  ...['in front of everybody', 'at my sister’s', 'on a Sunday', 'with the lights off', '(uncut)'],
  ...['before lunch', 'for the first time', 'as promised', 'in the garden', 'on the bus'],
]

const endedShare = 0.6

const notes = [
  'Filmed in one take by somebody who should have been at work.',
  'No animals, plates or neighbours were upset.',
  'Wait for the end. It is worth it.',
  'You asked for more of this one, so here it is.',
  'Recorded on an old phone, with love.',
  'We did this {n} times so that you need not.',
]

/** A short video of a show. Its text is what stands below it. */
export function clipOf(key: string, main: Show, other: Show, tone: number): Story {
  const { pick, chance, write } = writerFor(key, always)
  const place = pick([...main.players.keys()])
  const player = main.players[place]!
  const happening = pick(main.happenings)
  const happens = chance(endedShare) ? `${happening} ${pick(endings)}` : happening
  const manner = manners[tone % manners.length]!
  const title = write(manner.titles, { player, happens })
  const second = pick(other.words)
  const keywords = [...new Set([main.words[place]!, second, manner.word])]
  const summary = write(notes)
  return {
    title,
    summary,
    text: `${summary} ${keywords.map((word) => `#${word.replaceAll(' ', '')}`).join(' ')}`,
    keywords,
  }
}
