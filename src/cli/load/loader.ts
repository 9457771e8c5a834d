import type { Clock } from '../../events/clock.ts'
import type { Mix } from '../../insight/load/crowd/mix.ts'
import type { Site } from '../../insight/load/crowd/site.ts'
import { type Found, findRate } from '../../insight/load/find-rate.ts'
import type { LoadResult } from '../../insight/load/result/load-result.ts'
import { runLoad } from '../../insight/load/run-load.ts'
import type { Transport } from '../../insight/load/transport.ts'
import { seededRandom } from '../../kernel/random.ts'
import { ownGauge } from './own-gauge.ts'
import { systemTicker } from './system-ticker.ts'

/** Loads one server, with one site, as often as asked. */
export interface Loader {
  run(rate: Rate, seconds: number): Promise<LoadResult>
  /** The largest rate held, events in proportion, beginning with this one. */
  find(from: Rate, secondsPerStep: number): Promise<Found>
}

export interface Rate {
  readonly feedsPerSecond: number
  readonly eventsPerSecond: number
}

export interface LoaderOptions {
  readonly site: Site
  readonly transport: Transport
  readonly mix: Mix
  readonly clock: Clock
  readonly seed: string | number
  /** Before the first run; a server that is warm already needs less before the next one. */
  readonly warmUpSeconds: number
  readonly signal: AbortSignal
  readonly onProgress: (step: string, share: number) => void
  /** Told when warming up is over. */
  readonly onWarm?: () => void
}

/** Requests under way at a time, which is also how many connections are used. */
export const underWayMax = 256

/** Nobody waits longer for an answer. */
export const timeoutMs = 10_000

/** Before each further run: what the one before left behind is worked off. */
const settleSeconds = 5

/** One item is taken away each two seconds. */
const withdrawalsPerSecond = 0.5

export function loader(options: LoaderOptions): Loader {
  const { site, transport, mix, clock, signal, onProgress, onWarm } = options
  const random = seededRandom(options.seed)
  // Ids of events from another run on the same server would be taken for repetitions.
  const name = clock.now().toString(36)
  let runs = 0

  const run = (rate: Rate, seconds: number): Promise<LoadResult> => {
    const number = runs++
    const warmUpSeconds = number === 0 ? options.warmUpSeconds : settleSeconds
    const step = `${rate.feedsPerSecond.toFixed(0)} feeds/s`
    const plan = { ...rate, seconds, warmUpSeconds, mix, underWayMax, withdrawalsPerSecond }
    return runLoad(
      { ...plan, name: `${name}.${number}` },
      {
        ...{ site, transport, ticker: systemTicker, clock, own: ownGauge, signal },
        random: random.fork(`run ${number}`),
        onSecond(second, of) {
          if (second === Math.ceil(warmUpSeconds)) onWarm?.()
          onProgress(step, second / of)
        },
      },
    )
  }

  return {
    run,
    find(from, secondsPerStep) {
      const eventsPerFeed = from.eventsPerSecond / from.feedsPerSecond
      const at = (feedsPerSecond: number) => ({
        feedsPerSecond,
        eventsPerSecond: feedsPerSecond * eventsPerFeed,
      })
      return findRate(from.feedsPerSecond, (rate) => run(at(rate), secondsPerStep), signal)
    },
  }
}
