/** Writes one message of Protocol Buffers, field by field. */
export interface ProtoWriter {
  /** A whole number, as a varint. */
  whole(field: number, value: number): ProtoWriter
  /** A single-precision number. */
  float(field: number, value: number): ProtoWriter
  text(field: number, value: string): ProtoWriter
  bytes(field: number, value: Uint8Array): ProtoWriter
  message(field: number, value: ProtoWriter): ProtoWriter
  finish(): Uint8Array
}

const varint = 0
const delimited = 2
const fixed32 = 5

/**
 * Large byte fields are not copied before the end, so that weights lie in memory twice at most: as
 * they are, and in the file.
 */
export function protoWriter(): ProtoWriter {
  const chunks: Uint8Array[] = []
  let small: number[] = []
  const flush = (): void => {
    if (small.length > 0) chunks.push(Uint8Array.from(small))
    small = []
  }
  const number = (value: bigint): void => {
    // Negative numbers take ten bytes, in two's complement.
    let rest = BigInt.asUintN(64, value)
    while (rest >= 128n) {
      small.push(Number(rest & 127n) | 128)
      rest >>= 7n
    }
    small.push(Number(rest))
  }
  const tag = (field: number, wire: number): void => number(BigInt((field << 3) | wire))
  const writer: ProtoWriter = {
    whole(field, value) {
      tag(field, varint)
      number(BigInt(value))
      return writer
    },
    float(field, value) {
      tag(field, fixed32)
      small.push(...new Uint8Array(Float32Array.of(value).buffer))
      return writer
    },
    text: (field, value) => writer.bytes(field, new TextEncoder().encode(value)),
    bytes(field, value) {
      tag(field, delimited)
      number(BigInt(value.length))
      flush()
      chunks.push(value)
      return writer
    },
    message: (field, value) => writer.bytes(field, value.finish()),
    finish() {
      flush()
      if (chunks.length === 1) return chunks[0]!
      const whole = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0))
      let at = 0
      for (const chunk of chunks) {
        whole.set(chunk, at)
        at += chunk.length
      }
      return whole
    },
  }
  return writer
}
