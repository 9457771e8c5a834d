import { StarlingError } from '../../error.ts'
import type { Artifact } from '../model.ts'
import { dcn } from './dcn.ts'
import { deepFm } from './deep-fm.ts'
import { type DeepRanker, loadDeepRanker } from './deep-ranker.ts'
import { din } from './din.ts'
import { embeddingMlp } from './embedding-mlp.ts'
import { factorisationMachine } from './factorisation-machine.ts'
import { multiTask } from './multi-task.ts'
import type { Family } from './network/family.ts'
import { neuralCf } from './neural-cf.ts'
import type { OpenNetwork } from './serving/network.ts'
import { twoTower } from './two-tower.ts'
import { wideDeep } from './wide-deep.ts'

const families = [
  ...[embeddingMlp, wideDeep, neuralCf, twoTower, factorisationMachine, deepFm, dcn, din],
  multiTask,
]

/** All families of deep rankers, by their kind. */
export const deepFamilies: Readonly<Record<string, Family<object>>> = Object.fromEntries(
  // Each is given settings of its own only: its trainer and its files know no others.
  families.map((family) => [family.kind, family as unknown as Family<object>]),
)

/** A ranker of any of the families. Throws as `loadDeepRanker`, and for kinds that are none. */
export function loadAnyDeepRanker(artifact: Artifact, open?: OpenNetwork): DeepRanker {
  const { kind } = artifact.header
  const family = deepFamilies[kind]
  if (family) return loadDeepRanker(family, artifact, open)
  const known = Object.keys(deepFamilies).join(', ')
  throw new StarlingError('failed_precondition', `kind "${kind}" must be one of ${known}`)
}
