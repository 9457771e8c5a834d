import { StarlingError } from '../../../error.ts'

const bytesPerMb = 1024 * 1024

/** What a job may hold at a time. */
export interface MemoryBound {
  /**
   * Throws `resource_exhausted` where so much more would be too much, and says what it is for.
   * Whoever takes much at once asks before: what a kernel computes in is seen by nobody later.
   */
  reserve(sizeBytes: number, what: string): void
  /** What the thread holds now is more than it may. */
  isExceeded(): boolean
}

export function memoryBound(budgetMb: number, heldBytes = heldByThread): MemoryBound {
  const budget = budgetMb * bytesPerMb
  return {
    reserve(sizeBytes, what) {
      const held = heldBytes()
      if (held + sizeBytes <= budget) return
      throw new StarlingError(
        'resource_exhausted',
        `${what} would take ${inMb(sizeBytes)} beside the ${inMb(held)} held so far, and the job ` +
          `may take ${budgetMb} MB: raise memoryMb, or let it learn from less`,
        { field: 'memoryMb' },
      )
    },
    isExceeded: () => heldBytes() > budget,
  }
}

export function tooMuchMemory(memoryMb: number): StarlingError {
  return new StarlingError(
    'resource_exhausted',
    `took more than the ${memoryMb} MB that it may: raise memoryMb, or let it learn from less`,
    { field: 'memoryMb' },
  )
}

/** V8 bounds its own heap; arrays of numbers lie beside it, and the memory of one kernel alone. */
function heldByThread(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const inMb = (bytes: number): string => `${Math.ceil(bytes / bytesPerMb)} MB`
