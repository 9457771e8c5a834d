/** Ids as they come → ordinals, in the order in which they were first met. */
export interface Vocabulary {
  readonly ids: readonly string[]
  /** That of the id, a new one where it was not met. */
  of(id: string): number
  /** Undefined where it was not met. */
  find(id: string): number | undefined
}

export function vocabulary(): Vocabulary {
  const ids: string[] = []
  const ordinals = new Map<string, number>()
  return {
    ids,
    of(id) {
      let ordinal = ordinals.get(id)
      if (ordinal === undefined) {
        ordinal = ids.length
        ordinals.set(id, ordinal)
        ids.push(id)
      }
      return ordinal
    },
    find: (id) => ordinals.get(id),
  }
}
