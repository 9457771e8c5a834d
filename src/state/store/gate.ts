/** Lets any number in together, or one alone. Who wants to be alone waits until all have left. */
export interface Gate {
  /** Comes in with others; resolves at once unless somebody is alone inside, or waits to be. */
  enter(): Promise<() => void>
  alone<T>(work: () => Promise<T>): Promise<T>
}

export function openGate(): Gate {
  let inside = 0
  let closed: Promise<unknown> | undefined
  let emptied: (() => void) | undefined

  return {
    async enter() {
      while (closed !== undefined) await closed
      inside++
      let left = false
      return () => {
        if (left) return
        left = true
        inside--
        if (inside === 0) emptied?.()
      }
    },

    async alone(work) {
      while (closed !== undefined) await closed
      const empty = inside === 0 ? undefined : new Promise<void>((done) => (emptied = done))
      const done = (async () => {
        await empty
        return work()
      })()
      closed = done.catch(() => undefined)
      try {
        return await done
      } finally {
        closed = undefined
        emptied = undefined
      }
    },
  }
}
