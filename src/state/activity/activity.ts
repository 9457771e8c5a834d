import type { Timestamp } from '../../events/clock.ts'
import { positiveSignal, signalOf } from '../../events/signals.ts'
import { signalsInForce, signalsNeed } from '../projections/parameters.ts'
import type { Projection } from '../projections/projection.ts'
import { addTo, type Cells } from './cells.ts'
import { placeOf } from './deed-kinds.ts'
import { resolutions } from './resolutions.ts'

/** What was done with one item of late, at each of the `resolutions`. */
export type Activity = readonly [Cells, Cells, Cells]

interface Change {
  readonly at: Timestamp
  readonly counts: readonly (readonly [kind: number, count: number])[]
}

/** Every step below this can be written in 32 bits together with a kind: some 1,270 years. */
const cellMax = 2 ** 32

const countBytes = 12

/**
 * What is done with items, counted by the clock: each deed in the step in which it happened, late
 * ones too as long as the step is kept. A day that nothing happens on costs nothing, and neither
 * does an item that nobody touches.
 *
 * Sums over the last hours are exact at a resolution of five minutes for up to 3 hours, of an hour
 * for up to 2 days and of a day for up to 30; see `windowOf`.
 */
export const activity: Projection<Activity, Change> = {
  name: 'activity',
  version: 1,
  keyBy: 'item',

  reads: (event) => (event.type === 'action' && event.item !== undefined ? signalsNeed : []),

  changes({ event }, past) {
    if (event.type !== 'action' || event.item === undefined) return []
    const place = placeOf(event.action)
    if (place === undefined || !isWritable(event.at)) return []
    const counts: [number, number][] = [[place, 1]]
    const signal = signalOf(signalsInForce(past), event.action, event.value)
    if (signal >= positiveSignal) counts.push([positive, 1])
    if (signal !== 0) counts.push([signalSum, signal])
    return [[event.item, { at: event.at, counts }]]
  },

  fold(value = [[], [], []], { at, counts }) {
    for (let level = 0; level < resolutions.length; level++) {
      const { stepMs, span } = resolutions[level]!
      const step = Math.floor(at / stepMs)
      // By place: whoever iterates makes an object per step, and every event comes by here.
      for (let place = 0; place < counts.length; place++) {
        addTo(value[level]!, step, counts[place]![0], counts[place]![1], span)
      }
    }
    return value
  },

  encode(value) {
    const cellCount = value.reduce((sum, cells) => sum + cells.length / 2, 0)
    const view = new DataView(new ArrayBuffer(value.length * 4 + cellCount * countBytes))
    let start = 0
    for (const cells of value) {
      view.setUint32(start, cells.length / 2, true)
      start += 4
      for (let place = 0; place < cells.length; place += 2) {
        view.setUint32(start, cells[place]!, true)
        view.setFloat64(start + 4, cells[place + 1]!, true)
        start += countBytes
      }
    }
    return new Uint8Array(view.buffer)
  },

  decode(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let start = 0
    const read = (): Cells => {
      const count = view.getUint32(start, true)
      start += 4
      const cells: Cells = []
      for (let cell = 0; cell < count; cell++, start += countBytes) {
        cells.push(view.getUint32(start, true), view.getFloat64(start + 4, true))
      }
      return cells
    }
    return [read(), read(), read()]
  },
}

const positive = placeOf('positive')!
const signalSum = placeOf('signal')!

/** What happened before 1970, or a millennium from now, is not counted by the clock. */
function isWritable(at: Timestamp): boolean {
  return at >= 0 && (at / resolutions[0].stepMs + 1) * 32 < cellMax
}
