import type { Clock, Timestamp } from '../../events/clock.ts'
import type { EventLog, Offset } from '../../events/log/event-log.ts'
import { fadingRate } from '../../kernel/fading-rate.ts'
import type { Journal } from '../../state/journal.ts'
import type { State } from '../../state/state.ts'
import type { Follower } from './stream-board.ts'

export const stateGroup = 'state'

const rateHalfLifeMs = 10_000

export interface StateStreamOptions {
  readonly log: Pick<EventLog, 'head' | 'read'>
  readonly state: Pick<State, 'offset' | 'durable'>
  readonly journal: Pick<Journal, 'lag' | 'failure'>
  readonly clock: Clock
}

/**
 * The state as one of those who follow the log. It is folded by whoever appends, so there is no
 * consumer to ask: its speed is what came of it between two looks.
 */
export function stateStream({ log, state, journal, clock }: StateStreamOptions): Follower {
  const rate = fadingRate(clock.now(), rateHalfLifeMs)
  let [looked, position, checkpoint]: [Timestamp, Offset, Offset] = [
    clock.now(),
    state.offset,
    state.durable,
  ]
  let checkpointAt: Timestamp | undefined
  return {
    async status() {
      const now = clock.now()
      rate.spread(state.offset - position, looked, now)
      if (state.durable !== checkpoint) checkpointAt = now
      looked = now
      position = state.offset
      checkpoint = state.durable
      const { lag, failure } = journal
      const answer = {
        group: stateGroup,
        description: 'Profiles, counters, queues and pages: all that a request reads.',
        ...{ checkpoint, ...(checkpointAt !== undefined && { checkpointAt }) },
        ...{ position, head: log.head, lag },
        eventsPerSecond: rate.perSecond(now),
        held: false,
        ...(failure !== undefined && { failure }),
        members: [{ member: 'engine', partitions: [0], position, lag }],
      }
      return { ...answer, lagMs: lag > 0 ? await ageOf(log, position, now) : 0 }
    },
  }
}

/** How old the next event is that was not folded. */
async function ageOf(
  log: StateStreamOptions['log'],
  position: Offset,
  now: Timestamp,
): Promise<number> {
  for await (const batch of log.read(position)) {
    const next = batch.find(({ event }) => event !== undefined)
    if (next?.event !== undefined) return Math.max(0, now - next.event.at)
  }
  return 0
}
