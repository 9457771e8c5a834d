import type { Query } from '../../feed/pipeline/query.ts'
import type { CaredFor } from '../../feed/pipeline/trace.ts'
import { topK } from '../../kernel/top-k.ts'
import type { Catalogue } from '../../state/catalogue/catalogue.ts'
import { type TopicCare, topicCares } from '../../state/features/interests/topic-cares.ts'

export interface CaredForOptions {
  readonly catalogue: Pick<Catalogue, 'size' | 'tags'>
  /** Tags attributes that are worth speaking of. */
  readonly tags: readonly string[]
}

/** Kept of a run, each kind by itself. */
const countMax = 16

/**
 * What the user cared for as a run began, what says most first: heavy interests in what few items
 * are about (inverse document frequency, Sparck Jones 1972). Reads what `careNeeds` names.
 */
export function caredForBy(
  query: Query,
  { catalogue, tags }: CaredForOptions,
): readonly CaredFor[] {
  const { session, lasting } = topicCares(catalogue, tags)(query, query.known)
  return [...tellingOf(session, 'session', catalogue), ...tellingOf(lasting, 'lasting', catalogue)]
}

function tellingOf(
  cares: readonly TopicCare[],
  kind: 'session' | 'lasting',
  catalogue: CaredForOptions['catalogue'],
): readonly CaredFor[] {
  // Weighed first: a run keeps few of the hundreds of topics that a profile may hold.
  const weights = new Float64Array(cares.length)
  for (let place = 0; place < weights.length; place++) {
    const { care, count } = cares[place]!
    weights[place] = care.weight * Math.log((1 + catalogue.size) / Math.max(1, count))
  }
  const most = topK(weights, countMax, (place) => cares[place]!.care.weight > 0)
  return Array.from(most, (place): CaredFor => {
    const { care, attribute, code } = cares[place]!
    return {
      kind: care.followedAt === undefined ? kind : 'followed',
      channel: care.channel,
      attribute,
      tag: catalogue.tags(attribute)!.names[code]!,
      weight: weights[place]!,
      deeds: care.proofs.map(({ deed }) => deed),
    }
  })
}
