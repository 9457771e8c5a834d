import { broken, StarlingError } from '../../error.ts'
import { type WasmMemory, webAssembly } from './web-assembly.ts'

/** An array that lies in the memory of an arena. */
export type Placed = Float32Array | Float64Array | Uint32Array | Int8Array | Uint8Array

/**
 * A memory that kernels compute in, and arrays in it, laid one behind the other.
 *
 * It has one size, told at the beginning: arrays stay valid as long as anybody holds them, and no
 * training takes more than it said. Pages that are never written cost nothing but numbers.
 */
export interface Arena {
  readonly memory: WasmMemory
  readonly sizeBytes: number
  readonly usedBytes: number

  /** Zeros, as all the others, unless the place was given back by `release`. */
  float32(length: number): Float32Array
  float64(length: number): Float64Array
  uint32(length: number): Uint32Array
  uint8(length: number): Uint8Array
  int8(length: number): Int8Array

  /** The address of an array in this arena. Throws `internal` for any other. */
  addressOf(array: Placed): number

  /** To be handed to `release`. */
  mark(): number
  /** Gives back all laid since the mark: the next arrays lie there, and find it written. */
  release(mark: number): void
}

export interface ArenaOptions {
  /** The sum of what will be laid; each array takes up to 63 bytes more. */
  readonly sizeBytes: number
  /** Several threads may hold it. Such arrays are not taken by ONNX Runtime. */
  readonly isShared?: boolean
}

const pageBytes = 65_536
const pagesMax = 65_536
/** Arrays begin where a line of the cache does. */
const alignBytes = 64

/** Throws `resource_exhausted` for more than 4 GB, and where later an array doesn't fit. */
export function openArena({ sizeBytes, isShared = false }: ArenaOptions): Arena {
  // What compilers lay down first, and address 0, are left alone.
  const pages = Math.ceil((sizeBytes + 2 * alignBytes) / pageBytes) + 1
  if (!(pages <= pagesMax)) throw tooLarge(sizeBytes, pagesMax * pageBytes)
  const memory = allocated(pages, sizeBytes, isShared)
  const endBytes = pages * pageBytes
  let next = pageBytes
  const lay = (length: number, width: number): number => {
    const start = next
    const end = start + length * width
    if (!(end <= endBytes)) throw tooLarge(end - pageBytes, endBytes - pageBytes)
    next = Math.ceil(end / alignBytes) * alignBytes
    return start
  }
  const { buffer } = memory
  return {
    memory,
    sizeBytes: endBytes - pageBytes,
    get usedBytes() {
      return next - pageBytes
    },
    float32: (length) => new Float32Array(buffer, lay(length, 4), length),
    float64: (length) => new Float64Array(buffer, lay(length, 8), length),
    uint32: (length) => new Uint32Array(buffer, lay(length, 4), length),
    uint8: (length) => new Uint8Array(buffer, lay(length, 1), length),
    int8: (length) => new Int8Array(buffer, lay(length, 1), length),
    addressOf(array) {
      if (array.buffer !== buffer) throw broken('an array outside the arena was given to a kernel')
      return array.byteOffset
    },
    mark: () => next,
    release(mark) {
      next = mark
    },
  }
}

function allocated(pages: number, sizeBytes: number, isShared: boolean): WasmMemory {
  try {
    return new webAssembly.Memory({
      ...{ initial: pages, maximum: isShared ? pages : pagesMax },
      ...(isShared && { shared: true }),
    })
  } catch (cause) {
    const message = `a memory of ${sizeBytes} bytes could not be had`
    throw new StarlingError('resource_exhausted', message, { cause })
  }
}

function tooLarge(wanted: number, most: number): StarlingError {
  const message = `${wanted} bytes are wanted of a memory of at most ${most}`
  return new StarlingError('resource_exhausted', message)
}
