import type { Clock } from '../../events/clock.ts'
import type { Offset } from '../../events/log/event-log.ts'
import type { ConsumerStatus } from '../../events/streams/consumer-status.ts'
import { fadingRate } from '../../kernel/fading-rate.ts'
import type { OwnedProgress, ReplayMessage } from './replay-worker.ts'

/** How far the workers of a replay are, put together from what they say. */
export interface ReplayProgress {
  hear(worker: number, message: ReplayMessage): void
  status(): ConsumerStatus
  /** CPU time of all workers as far as they told it, those that died included. */
  readonly cpuMs: number
  /** Most bytes that ever waited in the outboxes of one worker. */
  readonly outboxBytesMax: number
  /** Reports of partitions that stopped reading until others took what waited for them. */
  readonly heldCount: number
}

const rateHalfLifeMs = 3_000

export function replayProgress(
  head: Offset,
  owned: readonly (readonly number[])[],
  clock: Clock,
): ReplayProgress {
  const rate = fadingRate(clock.now(), rateHalfLifeMs)
  const states = owned.map((partitions) =>
    partitions.map((partition): OwnedProgress => {
      const durable = { offset: 0, keyed: 0 }
      return { partition, ...durable, durable, outboxBytes: 0, fate: 'done' }
    }),
  )
  const cpu = owned.map(() => ({ before: 0, now: 0 }))
  let [done, outboxBytesMax, heldCount, heardAt] = [-1, 0, 0, clock.now()]

  const least = (of: (one: OwnedProgress) => number, among = states.flat()): number =>
    Math.min(...among.map(of))
  const doneBy = (one: OwnedProgress): number => Math.min(one.offset, one.keyed)

  return {
    get cpuMs() {
      return cpu.reduce((sum, { before, now }) => sum + before + now, 0)
    },
    get outboxBytesMax() {
      return outboxBytesMax
    },
    get heldCount() {
      return heldCount
    },

    hear(worker, message) {
      if (message.kind === 'failed') return
      const counted = cpu[worker]!
      // A process that began anew counts from nothing.
      if (message.cpuMs < counted.now) counted.before += counted.now
      counted.now = message.cpuMs
      states[worker] = [...message.owned]
      const waiting = message.owned.reduce((sum, { outboxBytes }) => sum + outboxBytes, 0)
      outboxBytesMax = Math.max(outboxBytesMax, waiting)
      heldCount += message.owned.filter(({ fate }) => fate === 'held').length
      const through = least(doneBy)
      // What lay in the folder before was not folded now.
      if (done >= 0 && through > done) rate.spread(through - done, heardAt, clock.now())
      if (through > done) [done, heardAt] = [through, clock.now()]
    },

    status() {
      const position = least(doneBy)
      return {
        group: 'replay',
        description: 'The state, folded anew from the log by several processes.',
        checkpoint: least(({ durable }) => Math.min(durable.offset, durable.keyed)),
        ...{ position, head, lag: head - position, lagMs: 0 },
        eventsPerSecond: rate.perSecond(clock.now()),
        held: states.flat().some(({ fate }) => fate === 'held'),
        members: states.map((mine, worker) => {
          const at = least(doneBy, mine)
          const partitions = mine.map(({ partition }) => partition)
          return { member: `worker ${worker}`, partitions, position: at, lag: head - at }
        }),
      }
    },
  }
}
