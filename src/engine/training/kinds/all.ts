import { StarlingError } from '../../../error.ts'
import { factorsAndRanker } from './factors-and-ranker.ts'
import type { TrainableKind } from './kind.ts'
import { deepRankers } from './rankers/deep-rankers.ts'
import { rankerKind } from './rankers/ranker-kind.ts'
import { shallowRankers } from './rankers/shallow-rankers.ts'
import { recallFamilies } from './recall/families.ts'
import { recallKind } from './recall/recall-kind.ts'

/** All that can be trained, a file each. To add one: write its file, and name it here. */
export const trainableKinds: readonly TrainableKind[] = [
  factorsAndRanker,
  ...recallFamilies.map(recallKind),
  ...[...shallowRankers, ...deepRankers].map(rankerKind),
]

/** Throws `not_found` for a kind that is not declared. */
export function trainableKind(name: string): TrainableKind {
  const kind = trainableKinds.find((each) => each.kind === name)
  if (kind !== undefined) return kind
  const known = trainableKinds.map((each) => each.kind).join(', ')
  throw new StarlingError(
    'not_found',
    `nothing of kind ${name} can be trained; there are ${known}`,
    {
      field: 'kind',
    },
  )
}
