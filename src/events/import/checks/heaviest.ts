/** One of a stream of keys that holds a large share of it. */
export interface Heavy {
  readonly key: string
  /** At least so many were seen; too low by at most a 65th of all. */
  readonly count: number
  /** The first lines at which it was counted. */
  readonly lines: readonly number[]
}

const counters = 64

/** Finds the most frequent key in constant memory (Misra and Gries 1982, repeated elements). */
export function heaviest() {
  const held = new Map<string, { count: number; lines: number[] }>()
  return {
    add(key: string, line: number): void {
      const known = held.get(key)
      if (known !== undefined) {
        known.count++
        if (known.lines.length < 5) known.lines.push(line)
      } else if (held.size < counters) {
        held.set(key, { count: 1, lines: [line] })
      } else {
        for (const [other, value] of held) if (--value.count === 0) held.delete(other)
      }
    },
    heaviest(): Heavy | undefined {
      let best: Heavy | undefined
      for (const [key, { count, lines }] of held) {
        if (best === undefined || count > best.count) best = { key, count, lines }
      }
      return best
    },
  }
}
