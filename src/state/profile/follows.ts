import type { Timestamp } from '../../events/clock.ts'

/** Whom or what a user follows, in their words ("director:Agnès Varda"), and since when. */
export type Follows = ReadonlyMap<string, Timestamp>

/** Kept per user; of one who follows more, the oldest go. */
const followCountMax = 100

/** Longer words are no name of anything. */
const wordsLengthMax = 200

/** A follow adds its words, and one of the value 0 takes them away. */
export function followed(
  follows: Follows,
  words: string,
  { at, value }: { readonly at: Timestamp; readonly value: number | undefined },
): Follows {
  const name = words.trim()
  if (name === '' || name.length > wordsLengthMax) return follows
  const after = new Map(follows)
  if (value === 0) after.delete(name)
  else if (!after.has(name)) after.set(name, at)
  return bounded(after)
}

export function joinedFollows(one: Follows, other: Follows): Follows {
  const both = new Map(one)
  for (const [name, at] of other) both.set(name, Math.min(at, both.get(name) ?? at))
  return bounded(both)
}

/**
 * The tag of an attribute that is followed by these words: by itself, or with the attribute before
 * it. Which it is only the catalogue can tell: "Mission: Impossible" is a tag as well.
 */
export function tagFollowed(words: string, attribute: string): readonly string[] {
  const prefix = `${attribute}:`
  return words.startsWith(prefix) ? [words, words.slice(prefix.length).trim()] : [words]
}

function bounded(follows: Map<string, Timestamp>): Follows {
  for (const name of follows.keys()) {
    if (follows.size <= followCountMax) break
    follows.delete(name)
  }
  return follows
}
