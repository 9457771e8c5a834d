import { StarlingError } from '../../error.ts'

/**
 * Lets a few in at a time, and a few more wait. A question holds one of the four threads on which
 * Node reads and writes files: the log needs one as well.
 */
export interface Line {
  run<T>(task: () => Promise<T>): Promise<T>
  /** Resolves when all who were let in before the call are done. */
  settled(): Promise<void>
}

export function line(atOnce: number, waitingMax: number): Line {
  const inside = new Set<Promise<unknown>>()
  const waiting: (() => void)[] = []
  let places = atOnce

  const enter = async (): Promise<void> => {
    if (places > 0) {
      places--
      return
    }
    if (waiting.length >= waitingMax) {
      const message = `${waitingMax} questions wait already: ask again in a moment`
      throw new StarlingError('resource_exhausted', message)
    }
    // Whoever leaves hands the place on.
    await new Promise<void>((resolve) => waiting.push(resolve))
  }

  return {
    async run(task) {
      await enter()
      const running = task()
      inside.add(running)
      try {
        return await running
      } finally {
        inside.delete(running)
        const next = waiting.shift()
        if (next === undefined) places++
        else next()
      }
    },

    async settled() {
      await Promise.allSettled([...inside])
    },
  }
}
