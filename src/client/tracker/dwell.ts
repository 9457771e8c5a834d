import type { Platform } from './platform.ts'

/** Measures how long something was read: in view, on a visible page, by a person who is there. */
export interface Dwell {
  /**
   * Measures an element until the function that is returned is called, and tells the time, in ms,
   * when it ends or the page is left. What follows a return to the page is told as another time.
   */
  watch(element: object, read: (durationMs: number) => void): () => void
  /** Forgets what was measured and not told. */
  reset(): void
}

/** One who has not moved for so long has gone for coffee. */
const idleMs = 30_000

/** Less is told only where it is all: that somebody was gone at once says something, too. */
const worthTellingMs = 1_000

interface Reading {
  readonly read: (durationMs: number) => void
  inView: boolean
  since: number | undefined
  sumMs: number
  told: boolean
}

export function createDwell(platform: Platform): Dwell {
  const readings = new Set<Reading>()
  let lastSign = platform.now()
  let idle = false

  /** Ends the stretch that runs, and begins another where somebody is reading now. */
  const turn = (reading: Reading): void => {
    const now = platform.now()
    if (reading.since !== undefined) reading.sumMs += Math.max(0, now - reading.since)
    reading.since = reading.inView && !idle && platform.isVisible() ? now : undefined
  }
  const tell = (reading: Reading, isEnd: boolean): void => {
    const durationMs = Math.round(reading.sumMs)
    const isWorth = durationMs >= worthTellingMs || (isEnd && !reading.told && durationMs > 0)
    if (!isWorth) return
    reading.sumMs = 0
    reading.told = true
    reading.read(durationMs)
  }
  const lookForLife = (): void => {
    const quietMs = platform.now() - lastSign
    if (quietMs < idleMs) {
      platform.after(idleMs - quietMs, lookForLife)
      return
    }
    idle = true
    readings.forEach(turn)
  }

  platform.after(idleMs, lookForLife)
  const live = (): void => {
    lastSign = platform.now()
    if (!idle) return
    idle = false
    readings.forEach(turn)
    platform.after(idleMs, lookForLife)
  }
  platform.on('active', live)
  platform.on('shown', () => {
    live()
    readings.forEach(turn)
  })
  platform.on('hidden', () => {
    for (const reading of readings) {
      turn(reading)
      tell(reading, false)
    }
  })

  return {
    watch(element, read) {
      const reading: Reading = { read, inView: false, since: undefined, sumMs: 0, told: false }
      readings.add(reading)
      const unwatch = platform.watch(element, (inView) => {
        reading.inView = inView
        turn(reading)
      })
      return () => {
        unwatch()
        turn(reading)
        readings.delete(reading)
        tell(reading, true)
      }
    },

    reset() {
      for (const reading of readings) {
        turn(reading)
        reading.sumMs = 0
      }
    },
  }
}
