import type { Bytes } from '../store/store.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Values that are rarely read and worth reading with one's eyes are stored as JSON. */
export function encodeJson(value: unknown): Bytes {
  return encoder.encode(JSON.stringify(value))
}

export function decodeJson<Value>(bytes: Bytes): Value {
  // Written by `encodeJson` of the same projection.
  return JSON.parse(decoder.decode(bytes)) as Value
}
