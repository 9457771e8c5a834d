import { inTime } from '../../kernel/in-time.ts'
import type { Context, Rows } from '../../state/features/feature.ts'
import type { Known, Need } from '../../state/projections/projection.ts'
import { type Scorer, score, scoringMs } from '../pipeline/scorer.ts'
import { type CombinationOf, valuer } from './value.ts'

/** A model that is given all candidates of a request at once, wherever it computes. */
export interface BatchModel {
  /** Its name and version: `neuralcf/2`. */
  readonly version: string

  /** The user's values that its features read. */
  needs(context: Context): readonly Need[]

  /** What it foretells, in the order of the columns that it gives. */
  readonly heads: readonly string[]

  /**
   * For each head one number per row. What tells of the user is read once, whatever the number of
   * rows.
   */
  score(
    context: Context,
    rows: Rows,
    known: Known,
    signal: AbortSignal,
  ): Promise<readonly Float32Array[]>
}

/**
 * Asks a model for all candidates in one call. The thread that answers other requests goes on
 * meanwhile. Where the model fails or is late, the pipeline records it, and rows keep the scores of
 * the stage before.
 */
export function batch(model: BatchModel, combinationOf?: CombinationOf): Scorer {
  const value = valuer(model.heads, combinationOf)
  return {
    name: 'batch',
    model: model.version,
    reads: [],
    writes: [score],
    needs: (context) => model.needs(context),
    async score(query, candidates) {
      if (candidates.items.length === 0) return [new Float32Array(0)]
      const columns = await inTime({ what: model.version, ms: scoringMs }, (signal) =>
        model.score(query, candidates, query.known, signal),
      )
      return [value.score(query, columns)]
    },
    foretold: value.of,
  }
}
