import type { Timestamp } from '../../events/clock.ts'
import type { OfferedEvent } from '../../events/event.ts'
import { decodeJson, encodeJson } from '../projections/json-value.ts'
import { type Happening, keySeparator, type Projection } from '../projections/projection.ts'
import type { Key } from '../store/store.ts'

/** What one writer wanted to put into the queues of a scene and segment, and what became of it. */
export interface Granted {
  readonly asked: number
  readonly granted: number
  /** Entries denied, by reason. */
  readonly denied: Readonly<Record<string, number>>
  readonly lastGrantedAt?: Timestamp
}

function grantedKey(writer: string, scene: string, segment: string): Key {
  return [writer, scene, segment].join(keySeparator)
}

/** Counters of all that was ever offered. Offers that nobody had to decide on were granted. */
export const granted: Projection<Granted, OfferedEvent> = {
  name: 'granted',
  version: 1,
  keyBy: 'other',

  changes({ event }: Happening) {
    if (event.type !== 'offered') return []
    return [[grantedKey(event.writer, event.scene, event.grant?.segment ?? ''), event]]
  },

  fold(value = { asked: 0, granted: 0, denied: {} }, { entries, grant, at }) {
    const denied: Record<string, number> = { ...value.denied }
    for (const [reason, count] of Object.entries(grant?.denied ?? {})) {
      denied[reason] = (denied[reason] ?? 0) + count
    }
    const lastGrantedAt = entries.length > 0 ? at : value.lastGrantedAt
    return {
      asked: value.asked + (grant?.asked ?? entries.length),
      granted: value.granted + entries.length,
      denied,
      ...(lastGrantedAt !== undefined && { lastGrantedAt }),
    }
  },

  encode: encodeJson,
  decode: decodeJson,
}
