/** What a channel writes or films about. */
export interface Subject {
  readonly name: string
  /** One word for each of its things, as a keyword and in the plan of the world. */
  readonly words: readonly string[]
}

/** A news channel: things that can stand in a headline, each with its keyword. */
export interface Beat extends Subject {
  /** Noun phrases in the order of `words`, such as can follow "about". */
  readonly things: readonly string[]
}

/** A video channel: who is in front of the camera, each with a keyword, and what happens. */
export interface Show extends Subject {
  /** In the order of `words`: a noun phrase with its article, in the singular. */
  readonly players: readonly string[]
  /** What a player does, in the present tense of the third person. */
  readonly happenings: readonly string[]
}

export const beat = (name: string, things: readonly (readonly [string, string])[]): Beat => ({
  name,
  words: things.map(([word]) => word),
  things: things.map(([, thing]) => thing),
})
