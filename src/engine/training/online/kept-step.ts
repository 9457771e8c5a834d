import type { Json } from '../../../events/event.ts'
import type { Offset } from '../../../events/log/event-log.ts'
import type { Artifact } from '../../../models/model.ts'
import type { SavedWatch } from '../../../models/online/drift-watch.ts'
import { unwrapped, wrappedArtifact } from '../../../models/ranking/wrapped.ts'
import { type FollowerTask, told } from './follower-task.ts'
import type { Since } from './page-outcomes.ts'
import type { Counts } from './row-learner.ts'

/** How far a follower was when it was kept, beside the ranker itself. */
export interface Known {
  readonly through: Offset
  readonly since: Since
  readonly counts: Counts
  readonly watch: SavedWatch
}

const kind = 'kept-ranker'

/** The ranker as it stands, and all that whoever goes on must know. */
export function keptStep(task: FollowerTask, known: Known, ranker: Artifact): Artifact {
  const header = { kind, known: { task: told(task), ...known } as unknown as Json }
  return wrappedArtifact(header, new Uint8Array(0), ranker)
}

/** What another task left is of no use: other labels, or somebody who is to be forgotten. */
export function ownStep(
  step: Artifact | undefined,
  task: FollowerTask,
): { readonly known: Known; readonly inner: Artifact } | undefined {
  if (step === undefined) return undefined
  // Its checksum says that we wrote it.
  const known = step.header['known'] as unknown as Known & { readonly task: string }
  return known.task === told(task) ? { known, inner: unwrapped(step, kind).inner } : undefined
}
