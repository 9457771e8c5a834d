import { type Random, seededRandom } from '../../../kernel/random.ts'

/** Makes sentences from patterns such as `What {n} teams learned from {thing}`. */
export interface Writer {
  /** One of the list. */
  pick<T>(list: readonly T[]): T
  /** True so often. */
  chance(share: number): boolean
  /** A pattern with all its holes filled. */
  fill(pattern: string, holes?: Holes): string
  /** One of the patterns with all its holes filled, and a capital in front. */
  write(patterns: readonly string[], holes?: Holes): string
}

/** What a hole may be filled with: a text, or one of many. */
export type Holes = Readonly<Record<string, string | readonly string[]>>

/** The same key writes the same words. Holes of a sentence know nothing of each other. */
export function writerFor(key: string, always: Holes): Writer {
  const random: Random = seededRandom(key)
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]!
  const fill = (pattern: string, holes: Holes = {}): string =>
    pattern.replace(/\{(\w+)\}/g, (hole, name: string) => {
      const filling = holes[name] ?? always[name]
      if (filling === undefined) throw new Error(`nothing fills ${hole}`)
      return typeof filling === 'string' ? filling : pick(filling)
    })
  return {
    ...{ pick, fill },
    chance: (share) => random.next() < share,
    write: (patterns, holes) =>
      fill(pick(patterns), holes).replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()),
  }
}
