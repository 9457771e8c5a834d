import { shuffledStart } from '../../../kernel/lists/shuffled-start.ts'
import type { CandidateSets } from '../../../state/sets/candidate/candidate-sets.ts'
import type { SetKind } from '../../../state/sets/candidate/set-declaration.ts'
import type { Source } from '../../pipeline/source.ts'
import type { Fit } from '../fit.ts'

/** What all candidate sets are called together. */
export const candidateSetFamily = 'candidate-sets'

/** Kinds whose scores are amounts; of a time or a place on a list no share means anything. */
const measured: ReadonlySet<SetKind> = new Set(['hot', 'velocity', 'acceleration', 'high-rating'])

/**
 * What a candidate set holds that fits the request, best first. Bears the name of the set, so that
 * every item shown tells which library it came from. A random set is a pool that each request draws
 * from.
 */
export function fromSet(
  sets: Pick<CandidateSets, 'top' | 'declared'>,
  name: string,
  fit: Fit,
): Source {
  return {
    name,
    family: candidateSetFamily,
    needs: fit.needs,
    recall(query, limit) {
      const fits = fit.of(query)
      const declared = sets.declared().get(name)
      if (declared?.kind === 'random') {
        const pool = sets.top(name, query.channel, query.at, declared.capacity, fits)
        return shuffledStart(pool.items, limit, query.random.fork(name))
      }
      const best = sets.top(name, query.channel, query.at, limit, fits)
      return declared !== undefined && measured.has(declared.kind) ? best : best.items
    },
  }
}
