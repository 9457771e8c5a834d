import type { Artifact, Checkpoints } from './model.ts'
import { joinWeights, readArtifact } from './weights.ts'

/** How far a fit came that goes over its data in rounds: sweeps, passes. */
export interface Rounds {
  /** The rounds that an earlier attempt made, 0 without one: the arrays are as it left them. */
  takeUp(): Promise<number>
  /** So many rounds are made: kept where that is worth while. */
  made(rounds: number): Promise<void>
}

/**
 * The arrays are all that a round changes and the next one reads, so that whoever takes them up
 * comes to the bits of a run that was never broken off. What chance decides in between, the fit
 * itself has to bring to the same place.
 */
export function openRounds(
  checkpoints: Checkpoints | undefined,
  kind: string,
  arrays: readonly (Float32Array | Float64Array | Uint32Array)[],
): Rounds {
  return {
    async takeUp() {
      const kept = await checkpoints?.read(kind)
      if (kept === undefined) return 0
      const reader = readArtifact(kept, kind)
      const rounds = reader.count('rounds')
      const found = arrays.map((array) => {
        if (array instanceof Float32Array) return reader.float32(array.length)
        if (array instanceof Float64Array) return reader.float64(array.length)
        return reader.uint32(array.length)
      })
      reader.end()
      for (const [place, array] of arrays.entries()) array.set(found[place]!)
      return rounds
    },

    async made(rounds) {
      if (checkpoints === undefined || checkpoints.isDue?.() === false) return
      const step: Artifact = { header: { kind, rounds }, weights: joinWeights(arrays) }
      await checkpoints.write(kind, step)
    },
  }
}
