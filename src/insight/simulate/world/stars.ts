/** People who play in films, write or broadcast: each at home in one topic, few of them famous. */
import type { Chance } from './chance.ts'
import { topicBy, topicShare } from './mixture.ts'

export interface Stars {
  readonly count: number
  name(star: number): string
  /** A star who goes with the topic, as far as a few tries find one; famous ones more often. */
  pick(topic: number, chance: Chance, key: number, turn: number): number
}

export const noStar = 0xffff

const tries = 6

const firstNames = [
  ...['Ada', 'Boris', 'Chen', 'Dalia', 'Emeka', 'Farah', 'Goran', 'Hana', 'Ivo', 'Juno', 'Kofi'],
  ...['Leila', 'Mateo', 'Nadia', 'Orla', 'Pavel', 'Quinn', 'Rosa', 'Sami', 'Tove', 'Uma', 'Viktor'],
  ...['Wanda', 'Xenia', 'Yusuf', 'Zora'],
]
const lastNames = [
  ...['Abara', 'Bergman', 'Castell', 'Duval', 'Eriksen', 'Fontaine', 'Galan', 'Hart', 'Ivanov'],
  ...['Joshi', 'Kovacs', 'Laurent', 'Moreau', 'Nakata', 'Okoye', 'Petrov', 'Quiroga', 'Rossi'],
  ...['Santos', 'Tanaka', 'Ulrich', 'Varga', 'Weiss', 'Yilmaz', 'Zhou', 'Lindqvist', 'Marlow'],
  ...['Ferrante', 'Osei'],
]

export function starsOf(count: number, topicCount: number, home: Chance): Stars {
  const topics = Uint8Array.from({ length: count }, (_, star) =>
    topicBy(home.uniform(star), topicCount, topicShare),
  )
  return {
    count,
    name(star) {
      const first = firstNames[star % firstNames.length]!
      const last = lastNames[(star * 7 + Math.floor(star / firstNames.length)) % lastNames.length]!
      const round = Math.floor(star / (firstNames.length * lastNames.length))
      return round === 0 ? `${first} ${last}` : `${first} ${last} ${round + 1}`
    },
    pick(topic, chance, key, turn) {
      if (count === 0) return noStar
      let star = 0
      for (let attempt = 0; attempt < tries; attempt++) {
        // Squared: a tenth of the stars has a third of the parts.
        star = Math.floor(count * chance.uniform(key, turn, attempt) ** 2)
        if (topics[star] === topic) return star
      }
      return star
    },
  }
}
