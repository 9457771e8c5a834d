import { StarlingError } from '../error.ts'
import type { Artifact, ArtifactHeader } from './model.ts'

type Numbers = Float32Array | Float64Array | Uint32Array

/**
 * Lays arrays one after the other, in the byte order of the machine: little-endian on all that Node
 * is published for but s390x.
 */
export function joinWeights(arrays: readonly Numbers[]): Uint8Array {
  const joined = new Uint8Array(arrays.reduce((size, array) => size + array.byteLength, 0))
  let start = 0
  for (const array of arrays) {
    joined.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), start)
    start += array.byteLength
  }
  return joined
}

/** Reads an artifact front to back: the arrays come out in the order in which they were joined. */
export interface ArtifactReader {
  /** A header entry that must be a finite number. */
  number(entry: string): number
  /** A header entry that must be a whole number >= 0. */
  count(entry: string): number
  /** A header entry that must be a list of texts. */
  texts(entry: string): readonly string[]
  float32(length: number): Float32Array
  float64(length: number): Float64Array
  uint32(length: number): Uint32Array
  /** Throws where bytes are left. */
  end(): void
}

/**
 * Throws `failed_precondition` for another kind; every method throws `data_loss` on what is
 * missing.
 */
export function readArtifact(artifact: Artifact, kind: string): ArtifactReader {
  const { header, weights } = artifact
  if (header.kind !== kind) {
    const message = `a model of kind "${header.kind}" was given where "${kind}" is loaded`
    throw new StarlingError('failed_precondition', message)
  }
  const entries = headerEntries(header)
  let start = 0
  // Copied, because an array of numbers must begin at a multiple of its width and a file need not.
  const take = (length: number, width: number): ArrayBuffer => {
    const end = start + length * width
    if (end > weights.length) {
      throw damaged(kind, `weights hold ${weights.length} bytes, at least ${end} are needed`)
    }
    const copy = new ArrayBuffer(length * width)
    new Uint8Array(copy).set(weights.subarray(start, end))
    start = end
    return copy
  }
  return {
    ...entries,
    float32: (length) => new Float32Array(take(length, 4)),
    float64: (length) => new Float64Array(take(length, 8)),
    uint32: (length) => new Uint32Array(take(length, 4)),
    end() {
      if (start === weights.length) return
      throw damaged(kind, `weights hold ${weights.length} bytes, only ${start} are needed`)
    },
  }
}

function headerEntries(header: ArtifactHeader): Pick<ArtifactReader, 'number' | 'count' | 'texts'> {
  const number = (entry: string): number => {
    const value = header[entry]
    if (typeof value === 'number' && Number.isFinite(value)) return value
    throw damaged(header.kind, `header entry "${entry}" must be a number`)
  }
  return {
    number,
    count(entry) {
      const value = number(entry)
      if (Number.isInteger(value) && value >= 0) return value
      throw damaged(header.kind, `header entry "${entry}" ${value} must be a whole number >= 0`)
    },
    texts(entry) {
      const value: unknown = header[entry]
      if (Array.isArray(value) && value.every((text) => typeof text === 'string')) return value
      throw damaged(header.kind, `header entry "${entry}" must be a list of texts`)
    },
  }
}

function damaged(kind: string, message: string): StarlingError {
  return new StarlingError('data_loss', `saved model of kind "${kind}": ${message}`)
}
