/** Lets so many in at once, and no more. How many may change at any time. */
export interface Slots {
  readonly taken: number
  /** Comes in where there is room; else `undefined`. What it gives back leaves again. */
  tryEnter(): (() => void) | undefined
  /** Waits for room, first come first served. Rejects where the signal aborts before. */
  enter(signal: AbortSignal): Promise<() => void>
}

export function slots(countMax: () => number): Slots {
  let taken = 0
  const line = new Set<() => void>()

  const leave = (): void => {
    taken--
    for (const next of line) {
      if (taken >= countMax()) return
      line.delete(next)
      next()
    }
  }
  const come = (): (() => void) => {
    taken++
    let left = false
    return () => {
      if (!left) leave()
      left = true
    }
  }

  return {
    get taken() {
      return taken
    },
    tryEnter: () => (taken < countMax() && line.size === 0 ? come() : undefined),

    async enter(signal) {
      signal.throwIfAborted()
      if (taken < countMax() && line.size === 0) return come()
      return new Promise((resolve, reject) => {
        const admitted = (): void => {
          signal.removeEventListener('abort', gone)
          resolve(come())
        }
        const gone = (): void => {
          line.delete(admitted)
          reject(signal.reason as Error)
        }
        line.add(admitted)
        signal.addEventListener('abort', gone, { once: true })
      })
    },
  }
}
