import type { Bytes } from '../store/store.ts'

/** Numbers one after the other, little endian: a class, to be used again for the next row. */
export class ByteWriter {
  #bytes = new Uint8Array(4_096)
  #view = new DataView(this.#bytes.buffer)
  #end = 0

  /** Makes room for so many bytes. To be called before they are written: writing does not look. */
  reserve(length: number): void {
    if (this.#end + length <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#end + length, this.#bytes.length * 2))
    larger.set(this.#bytes)
    this.#bytes = larger
    this.#view = new DataView(larger.buffer)
  }

  u8(number: number): void {
    this.#view.setUint8(this.#end, number)
    this.#end += 1
  }

  u16(number: number): void {
    this.#view.setUint16(this.#end, number, true)
    this.#end += 2
  }

  u32(number: number): void {
    this.#view.setUint32(this.#end, number, true)
    this.#end += 4
  }

  f32(number: number): void {
    this.#view.setFloat32(this.#end, number, true)
    this.#end += 4
  }

  f64(number: number): void {
    this.#view.setFloat64(this.#end, number, true)
    this.#end += 8
  }

  /** All that was written: good until something else is. */
  bytes(): Bytes {
    return this.#bytes.subarray(0, this.#end)
  }

  /** Begins anew, in the room that there is. */
  clear(): this {
    this.#end = 0
    return this
  }
}

/** Reads what a `ByteWriter` wrote, in the same order. */
export class ByteReader {
  readonly #bytes: Bytes
  readonly #view: DataView
  #start = 0

  constructor(bytes: Bytes) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  u8(): number {
    return this.#view.getUint8(this.#step(1))
  }

  u16(): number {
    return this.#view.getUint16(this.#step(2), true)
  }

  u32(): number {
    return this.#view.getUint32(this.#step(4), true)
  }

  f32(): number {
    return this.#view.getFloat32(this.#step(4), true)
  }

  f64(): number {
    return this.#view.getFloat64(this.#step(8), true)
  }

  /** So many bytes of UTF-8. */
  text(length: number): string {
    const { buffer, byteOffset } = this.#bytes
    return Buffer.from(buffer, byteOffset + this.#step(length), length).toString()
  }

  #step(length: number): number {
    const start = this.#start
    this.#start = start + length
    return start
  }
}
