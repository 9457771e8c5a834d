/** Runs tasks one after another, in the order in which they came. */
export interface Lane {
  run<T>(task: () => Promise<T>): Promise<T>
}

export function lane(): Lane {
  let last: Promise<unknown> = Promise.resolve()
  return {
    run(task) {
      const done = last.then(task)
      // The next task does not care how this one ended.
      last = done.catch(() => undefined)
      return done
    },
  }
}
