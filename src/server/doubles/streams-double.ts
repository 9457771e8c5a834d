import type { Engine } from '../../engine/engine.ts'
import type { Clock } from '../../events/clock.ts'

/** The part of the engine double that says how far it is: it takes each event as it comes. */
export function streamsDouble(
  events: ReadonlyMap<string, unknown>,
  clock: Clock,
): Pick<Engine, 'streams'> {
  return {
    async streams() {
      const head = events.size
      return [
        {
          ...{ group: 'state', description: 'Events in memory.' },
          ...{ checkpoint: head, checkpointAt: clock.now(), position: head, head },
          ...{ lag: 0, lagMs: 0, eventsPerSecond: 0, held: false },
          members: [{ member: 'engine', partitions: [0], position: head, lag: 0 }],
        },
      ]
    },
  }
}
