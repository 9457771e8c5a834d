import { type ReadonlySignal, signal } from '@preact/signals'
import type { Stream } from './api.ts'

/** What the streams said over time: the server tells how they are now, the console remembers. */
export interface Trail {
  readonly points: ReadonlySignal<readonly TrailPoint[]>
  add(at: number, streams: readonly Stream[]): void
}

export interface TrailPoint {
  readonly at: number
  readonly streams: ReadonlyMap<string, Pick<Stream, 'lag' | 'lagMs' | 'eventsPerSecond'>>
}

/** A quarter of an hour, at one every three seconds. */
const pointsMax = 300

export function createTrail(): Trail {
  const points = signal<readonly TrailPoint[]>([])
  return {
    points,
    add(at, streams) {
      const point = { at, streams: new Map(streams.map((stream) => [stream.group, stream])) }
      points.value = [...points.value, point].slice(-pointsMax)
    },
  }
}

/** One number of one stream over time; null where the stream was not there. */
export const trailOf = (
  points: readonly TrailPoint[],
  group: string,
  number: 'lag' | 'lagMs' | 'eventsPerSecond',
): readonly (number | null)[] => points.map(({ streams }) => streams.get(group)?.[number] ?? null)
