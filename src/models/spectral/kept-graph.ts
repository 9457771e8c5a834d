import type { Artifact } from '../model.ts'
import { joinWeights, readArtifact } from '../weights.ts'
import type { LowFrequencies } from './low-frequencies.ts'

/** A graph with its directions as bytes, and what else a filter is, in its header. */
export function savedGraph(
  { normalized, itemRoots, directions, rank }: LowFrequencies,
  header: Artifact['header'],
): Artifact {
  const { rowCount, columnCount, starts, columns, weights } = normalized
  const sizes = { userCount: rowCount, itemCount: columnCount, cellCount: columns.length, rank }
  return {
    header: { ...sizes, ...header },
    weights: joinWeights([starts, columns, weights, itemRoots, directions]),
  }
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadedGraph(artifact: Artifact, kind: string) {
  const reader = readArtifact(artifact, kind)
  const [rowCount, columnCount] = [reader.count('userCount'), reader.count('itemCount')]
  const [cellCount, rank] = [reader.count('cellCount'), reader.count('rank')]
  const graph: LowFrequencies = {
    rank,
    normalized: {
      ...{ rowCount, columnCount },
      starts: reader.uint32(rowCount + 1),
      columns: reader.uint32(cellCount),
      weights: reader.float32(cellCount),
    },
    itemRoots: reader.float32(columnCount),
    directions: reader.float32(columnCount * rank),
  }
  reader.end()
  return { graph, reader }
}
