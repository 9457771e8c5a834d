import { inTime } from '../../kernel/in-time.ts'
import { picked } from '../../kernel/lists/picked.ts'
import type { Ranker } from '../../models/ranking/ranker.ts'
import type { Filler } from '../../state/features/declared/filler.ts'
import type { RawColumn } from '../../state/features/declared/rows.ts'
import type { Rows } from '../../state/features/feature.ts'
import type { Candidates, Row } from '../pipeline/candidates.ts'
import { type Scorer, score, scoringMs } from '../pipeline/scorer.ts'
import { type CombinationOf, valuer } from './value.ts'

/** A ranker of a declared set, with the filler of the encoding that it was trained by. */
export interface DeclaredRanker {
  readonly ranker: Ranker
  readonly filler: Filler
  /** The name and version of the model. */
  readonly version: string
  /** The place of the head that is ordered by, among `ranker.heads`; the first unless told. */
  readonly head?: number
  /** How several heads become one score, by scene; the one head's stands alone unless told. */
  readonly combinationOf?: CombinationOf
}

/**
 * Orders by a ranker that takes ids and histories as well as numbers. What it was given is told
 * before any encoding, so that the next model may learn from it with another vocabulary.
 */
export function byDeclared(
  name: string,
  { ranker, filler, version, head, combinationOf }: DeclaredRanker,
): Scorer {
  const { set, checksum } = filler.encoding
  const value = valuer(ranker.heads, combinationOf, head)
  return {
    name,
    reads: [],
    writes: [score],
    model: version,
    needs: (context) => filler.needs(context),

    async score(query, candidates) {
      if (candidates.items.length === 0) return [new Float32Array(0)]
      const columns = await inTime({ what: version, ms: scoringMs }, (signal) =>
        ranker.predict(filler.fill(query, candidates, query.known), signal),
      )
      return [value.score(query, columns)]
    },

    foretold: value.of,

    inputs(query, candidates, rows) {
      const { columns, rowCount } = filler.read(query, someOf(candidates, rows), query.known)
      const parts = { shared: new Map<string, RawColumn>(), own: new Map<string, RawColumn>() }
      for (const [name, values] of columns)
        parts[filler.isShared(name) ? 'shared' : 'own'].set(name, values)
      return { set: set.name, encoding: checksum, rowCount, ...parts }
    },
  }
}

function someOf(candidates: Candidates, rows: readonly Row[]): Rows {
  return {
    items: Uint32Array.from(rows, (row) => candidates.items[row]!),
    rankBy: (source) => picked(candidates.rankBy(source), rows),
    scoreBy: (source) => picked(candidates.scoreBy(source), rows),
  }
}
