import type { Ensemble } from './ensemble.ts'
import type { Node } from './grow.ts'
import { leafValue, type SplitRules } from './split.ts'

/** Collects trees that were grown, behind those that were before. */
export interface EnsembleBuilder {
  /** Adds a tree; its leaves say `rate` of what they would. */
  add(root: Node, rate: number): void
  /** The trees from `first` on, all where left out; later ones don't change it. */
  build(first?: number): Ensemble
}

/** Larger than any value but infinity, which counts as missing. */
const anyValue = 3.4028234663852886e38

export function ensembleBuilder(
  base: number,
  rules: SplitRules,
  grown?: Ensemble,
): EnsembleBuilder {
  const roots: number[] = grown ? [...grown.roots] : []
  const nodes: BuiltNode[] = grown ? nodesOf(grown) : []
  const lay = (node: Node, rate: number): number => {
    const place = nodes.length
    const { split, left, right, side, bounds } = node
    const cover = node.to - node.from
    if (split === undefined || left === undefined || right === undefined) {
      const value = rate * leafValue(side.slope, side.curvature, rules.l2, bounds)
      nodes.push({ ...leaf, value, cover })
      return place
    }
    const { feature, bin, missingLeft, gain } = split
    const threshold = rules.cuts[feature]![bin - 1] ?? anyValue
    nodes.push(leaf)
    const [leftAt, rightAt] = [lay(left, rate), lay(right, rate)]
    const isLeft = missingLeft ? 1 : 0
    nodes[place] = {
      ...{ ask: 1 + feature, threshold, left: leftAt, right: rightAt },
      ...{ missingLeft: isLeft, value: 0, cover, gain },
    }
    return place
  }
  return {
    add(root, rate) {
      roots.push(lay(root, rate))
    },
    build(first = 0) {
      const start = roots[first] ?? nodes.length
      const kept = nodes.slice(start)
      return {
        base,
        featureCount: rules.cuts.length,
        roots: Uint32Array.from(roots.slice(first), (root) => root - start),
        asks: Uint32Array.from(kept, ({ ask }) => ask),
        thresholds: Float32Array.from(kept, ({ threshold }) => threshold),
        lefts: Uint32Array.from(kept, ({ left }) => Math.max(0, left - start)),
        rights: Uint32Array.from(kept, ({ right }) => Math.max(0, right - start)),
        missingLeft: Uint32Array.from(kept, ({ missingLeft }) => missingLeft),
        values: Float64Array.from(kept, ({ value }) => value),
        covers: Float64Array.from(kept, ({ cover }) => cover),
        gains: Float32Array.from(kept, ({ gain }) => gain),
      }
    },
  }
}

function nodesOf(grown: Ensemble): BuiltNode[] {
  return Array.from(grown.asks, (ask, node) => ({
    ...{ ask, threshold: grown.thresholds[node]! },
    ...{ left: grown.lefts[node]!, right: grown.rights[node]! },
    ...{ missingLeft: grown.missingLeft[node]!, value: grown.values[node]! },
    ...{ cover: grown.covers[node]!, gain: grown.gains[node]! },
  }))
}

interface BuiltNode {
  readonly ask: number
  readonly threshold: number
  readonly left: number
  readonly right: number
  readonly missingLeft: number
  readonly value: number
  readonly cover: number
  readonly gain: number
}

const leaf: BuiltNode = {
  ...{ ask: 0, threshold: 0, left: 0, right: 0 },
  ...{ missingLeft: 0, value: 0, cover: 0, gain: 0 },
}
