import { seededRandom } from '../../kernel/random.ts'
import type { Feature } from '../../state/features/feature.ts'
import type { Candidates, Recalled } from './candidates.ts'
import type { Filter } from './filter.ts'
import type { Ask } from './pipeline.ts'
import type { Recipe } from './recipe.ts'
import { type Scorer, score } from './scorer.ts'

/** A recipe of few words: what is not told is left out of it. */
export function recipe(more: Partial<Recipe>): Recipe {
  return {
    ...{ name: 'made up', recall: [], filter: [], rank: [], mix: [] },
    ...{ by: score, candidateCountMax: 1_000, slateSizeMax: 1_000 },
    ...more,
  }
}

export function quota(
  name: string,
  answer: Recalled | (() => Recalled | Promise<Recalled>),
  limit = 100,
  deadlineMs = 10_000,
): Recipe['recall'][number] {
  const recall = typeof answer === 'function' ? answer : () => answer
  return { source: { name, recall }, limit, deadlineMs }
}

/** A filter that keeps the items of which it is told so. */
export function keeping(name: string, keep: (item: number) => boolean): Filter {
  return {
    name,
    keep: (_query, { items }) => Uint8Array.from(items, (item) => (keep(item) ? 1 : 0)),
  }
}

/** A scorer that gives each item the number it is told. */
export function scoring(
  name: string,
  scoreOf: (item: number, candidates: Candidates, row: number) => number,
  more: Partial<Scorer> = {},
): Scorer {
  return {
    ...{ name, reads: [], writes: [score] },
    score: (_query, candidates) => [
      Float32Array.from(candidates.items, (item, row) => scoreOf(item, candidates, row)),
    ],
    ...more,
  }
}

/** A feature that is a number of the item's own. */
export function itemFeature(name: string, numberOf: (item: number) => number): Feature {
  return {
    ...{ name, absent: -1, description: name, needs: () => [] },
    fill(_context, { items }, _known, out) {
      for (let row = 0; row < out.length; row++) out[row] = numberOf(items[row]!)
    },
  }
}

/** A request of somebody of whom nothing is known. */
export function ask(more: Partial<Ask> = {}): Ask {
  return {
    ...{ user: 'u', scene: 'home', channel: '', at: 1_700_000_000_000, fields: {} },
    ...{ request: 'request', size: 10, excluded: new Set<number>() },
    random: seededRandom('request'),
    signal: new AbortController().signal,
    ...more,
  }
}

/** A state in which nothing was ever written. */
export const knowsNothing = {
  read: async () => ({ get: () => undefined }),
}
