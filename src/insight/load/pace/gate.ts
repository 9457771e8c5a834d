/**
 * Lets so many requests be under way and has the others wait in line, as a site's connections do.
 * Waiting is part of a request's latency: the line is bounded, and how long it was is told.
 */
export interface Gate {
  /** Runs it now or when there is room; drops it where the line is full. `run` never rejects. */
  enter(request: Request): void
  readonly underWay: number
  readonly waiting: number
  /** The longest that the line has ever been. */
  readonly waitingMost: number
  /** Drops all who wait. */
  clear(): void
  /** Resolves when nothing is under way and nobody waits. */
  idle(): Promise<void>
}

export interface Request {
  run(): Promise<void>
  /** It will never run. */
  drop(): void
}

export interface GateBounds {
  readonly underWayMax: number
  readonly waitingMax: number
}

export function openGate({ underWayMax, waitingMax }: GateBounds): Gate {
  let line: Request[] = []
  let [first, underWay, waitingMost] = [0, 0, 0]
  const idlers: (() => void)[] = []
  const waiting = (): number => line.length - first

  const start = (request: Request): void => {
    underWay++
    void request.run().finally(() => {
      underWay--
      if (waiting() > 0) start(next())
      else if (underWay === 0) for (const wake of idlers.splice(0)) wake()
    })
  }

  const next = (): Request => {
    const request = line[first++]!
    // Those who went are let go now and then, so that each of the others is moved about once.
    if (first * 2 > line.length) {
      line = line.slice(first)
      first = 0
    }
    return request
  }

  return {
    enter(request) {
      if (underWay < underWayMax) start(request)
      else if (waiting() >= waitingMax) request.drop()
      else {
        line.push(request)
        waitingMost = Math.max(waitingMost, waiting())
      }
    },
    get underWay() {
      return underWay
    },
    get waiting() {
      return waiting()
    },
    get waitingMost() {
      return waitingMost
    },
    clear() {
      const dropped = line.slice(first)
      line = []
      first = 0
      for (const request of dropped) request.drop()
    },
    idle: () =>
      underWay === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve)),
  }
}
