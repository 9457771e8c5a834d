/** Things with a time, handed out when it has come, the earliest first: a binary heap. */
export class Agenda {
  readonly #times: number[] = []
  readonly #things: number[] = []

  get size(): number {
    return this.#times.length
  }

  add(time: number, thing: number): void {
    let hole = this.#times.length
    while (hole > 0) {
      const parent = (hole - 1) >>> 1
      if (this.#times[parent]! <= time) break
      this.#set(hole, this.#times[parent]!, this.#things[parent]!)
      hole = parent
    }
    this.#set(hole, time, thing)
  }

  /** The time of the earliest thing, if it is no later than `now`. */
  peek(now: number): number | undefined {
    const [earliest] = this.#times
    return earliest === undefined || earliest > now ? undefined : earliest
  }

  /** Takes out the earliest thing, if its time is no later than `now`. */
  due(now: number): number | undefined {
    if (this.size === 0 || this.#times[0]! > now) return undefined
    const thing = this.#things[0]!
    const [time, last] = [this.#times.pop()!, this.#things.pop()!]
    if (this.size > 0) this.#sink(time, last)
    return thing
  }

  /** Puts an entry at the root, and lets it sink below all that come before it. */
  #sink(time: number, thing: number): void {
    let hole = 0
    for (;;) {
      let child = 2 * hole + 1
      if (child >= this.size) break
      if (child + 1 < this.size && this.#times[child + 1]! < this.#times[child]!) child++
      if (this.#times[child]! >= time) break
      this.#set(hole, this.#times[child]!, this.#things[child]!)
      hole = child
    }
    this.#set(hole, time, thing)
  }

  #set(hole: number, time: number, thing: number): void {
    this.#times[hole] = time
    this.#things[hole] = thing
  }
}
