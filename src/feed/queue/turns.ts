/** Runs work of one key after another, and work of different keys side by side. */
export interface Turns {
  run<T>(key: string, work: () => Promise<T>): Promise<T>
}

export function turns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return {
    run(key, work) {
      const before = last.get(key)
      const done = before === undefined ? work() : before.then(work, work)
      last.set(key, done)
      const leave = (): void => {
        if (last.get(key) === done) last.delete(key)
      }
      done.then(leave, leave)
      return done
    },
  }
}
