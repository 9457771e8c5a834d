import { isDateTime } from '../../../events/decode-time.ts'
import type { Json } from '../../../events/event.ts'

/** A `starling.v1.AttributeValue` as proto-loader gives and takes it. */
export interface WireAttribute {
  readonly kind?: string
  readonly number?: number
  readonly text?: string
  readonly tags?: { readonly values: readonly string[] }
  readonly time_ms?: number
  readonly geo?: { readonly latitude: number; readonly longitude: number }
  readonly vector?: { readonly values: readonly number[] }
}

/** The explicit form that the door for outside data takes: protobuf has decided the type. */
export function fromWireAttribute(value: WireAttribute): unknown {
  switch (value.kind) {
    case 'number':
      return { number: value.number }
    case 'text':
      return { text: value.text }
    case 'tags':
      return { tags: value.tags?.values }
    case 'time_ms':
      return { time: value.time_ms }
    case 'geo':
      return { geo: { latitude: value.geo?.latitude, longitude: value.geo?.longitude } }
    case 'vector':
      return { vector: value.vector?.values }
    default:
      return {}
  }
}

/** The typed form of a value in plain JSON, by the same rules as when it came in. */
export function toWireAttribute(value: Json): WireAttribute {
  if (typeof value === 'number') return { number: value }
  if (typeof value === 'boolean') return { number: value ? 1 : 0 }
  if (typeof value === 'string') {
    return isDateTime(value) ? { time_ms: Date.parse(value) } : { text: value }
  }
  if (Array.isArray(value)) {
    return typeof value[0] === 'number'
      ? { vector: { values: value } }
      : { tags: { values: value } }
  }
  // What remains is an object: a geo point, or a text that would else be read as a time.
  const { text, latitude, longitude } = (value ?? {}) as Readonly<Record<string, Json>>
  if (typeof text === 'string') return { text }
  return { geo: { latitude: Number(latitude), longitude: Number(longitude) } }
}
