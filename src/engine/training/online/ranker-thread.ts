import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { StarlingError } from '../../../error.ts'
import { systemClock } from '../../../events/clock.ts'
import type { Offset } from '../../../events/log/event-log.ts'
import { openSegmentLog } from '../../../events/log/segment-log.ts'
import type { Signals } from '../../../events/signals.ts'
import type { Artifact } from '../../../models/model.ts'
import { openRegistry } from '../../../models/registry/disk-registry.ts'
import { openState } from '../../../state/folded-state.ts'
import {
  signalsInForce,
  signalsNeed,
  signalsParameter,
} from '../../../state/projections/parameters.ts'
import { knowledge } from '../../folds.ts'
import { loadSnapshot } from '../../keeping/snapshot.ts'
import { checkpointsIn } from '../jobs/checkpoints.ts'
import { type FollowerTask, told } from './follower-task.ts'
import { openRankerFollower, type RankerFollower, type Standing } from './ranker-follower.ts'
import type { Told, Wanted } from './told-rows.ts'

/** Where the thread finds what it needs. */
export interface RankerThreadTask {
  readonly log: string
  readonly models: string
  readonly snapshots: string
  readonly checkpoints: string
}

/** What the thread is asked: one question at a time. */
export type RankerQuestion =
  /** Reads on as far as this; where it is undefined, no further than it stands. */
  | { readonly kind: 'advance'; readonly task: FollowerTask; readonly through: Offset | undefined }
  | { readonly kind: 'told'; readonly rows: readonly Told[] }
  /** Lets go of the models that are not among these. */
  | { readonly kind: 'only'; readonly names: readonly string[] }

export type RankerAnswer =
  | { readonly kind: 'wanted'; readonly wanted: Wanted }
  /** `model` is undefined where nothing was learned since it was told last. */
  | { readonly kind: 'stands'; readonly standing: Standing; readonly model?: Artifact }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly code: StarlingError['code']; readonly message: string }

type Course = AsyncGenerator<Wanted, Standing, readonly Told[]>

if (parentPort !== null) {
  const port: MessagePort = parentPort
  const answer = openAnswers(workerData as RankerThreadTask) // From `ranker-updates.ts`.
  port.on('message', async (question: RankerQuestion) => {
    try {
      port.postMessage(await answer(question))
    } catch (error) {
      const code = error instanceof StarlingError ? error.code : 'internal'
      const message = error instanceof Error ? error.message : String(error)
      port.postMessage({ kind: 'failed', code, message } satisfies RankerAnswer)
    }
  })
}

interface Open {
  readonly task: FollowerTask
  readonly follower: RankerFollower
  /** How many rows had been learned when the model was told last. */
  toldRows: number | undefined
}

function openAnswers(places: RankerThreadTask) {
  const open = new Map<string, Open>()
  let course: { readonly name: string; readonly steps: Course } | undefined

  const standing = (name: string, stands: Standing): RankerAnswer => {
    const one = open.get(name)!
    if (one.toldRows === stands.rowCount) return { kind: 'stands', standing: stands }
    one.toldRows = stands.rowCount
    return { kind: 'stands', standing: stands, model: one.follower.model() }
  }

  /** On to where rows are wanted, or to the end. What fails begins anew at its checkpoint. */
  const step = async (rows: readonly Told[]): Promise<RankerAnswer> => {
    const { name, steps } = course!
    try {
      const { done, value } = await steps.next(rows)
      if (!done) return { kind: 'wanted', wanted: value }
      course = undefined
      return standing(name, value)
    } catch (error) {
      course = undefined
      open.delete(name)
      throw error
    }
  }

  const followerOf = async (task: FollowerTask): Promise<RankerFollower> => {
    const known = open.get(task.name)
    if (known !== undefined && told(known.task) === told(task)) return known.follower
    open.delete(task.name)
    const registry = await openRegistry(places.models, systemClock)
    const follower = await openRankerFollower({
      task,
      version: await registry.load(task.name, task.version),
      signals: (offset) => signalsAt(places, offset),
      checkpoints: checkpointsIn(places.checkpoints),
    })
    open.set(task.name, { task, follower, toldRows: undefined })
    return follower
  }

  return async (question: RankerQuestion): Promise<RankerAnswer> => {
    if (question.kind === 'told') return step(question.rows)
    if (question.kind === 'only') {
      for (const name of open.keys()) if (!question.names.includes(name)) open.delete(name)
      return { kind: 'done' }
    }
    const { task, through } = question
    const follower = await followerOf(task)
    if (through === undefined) return standing(task.name, follower.standing)
    course = { name: task.name, steps: advanced(places, follower, through) }
    return step([])
  }
}

async function* advanced(
  places: RankerThreadTask,
  follower: RankerFollower,
  through: Offset,
): Course {
  await using log = await openSegmentLog({ folder: places.log, readOnly: true })
  return yield* follower.advance(log, through)
}

/** One pass over what lies before, for the few events that matter. */
async function signalsAt(places: RankerThreadTask, offset: Offset): Promise<Signals> {
  await using state = await openState({
    store: await loadSnapshot(places.snapshots),
    ...knowledge,
  })
  let signals = signalsInForce(await state.read(signalsNeed))
  await using log = await openSegmentLog({ folder: places.log, readOnly: true })
  for await (const batch of log.read(log.tail)) {
    for (const { offset: at, event } of batch) {
      if (at >= offset) return signals
      if (event?.type === 'parameter' && event.name === signalsParameter)
        signals = event.value as unknown as Signals // Checked before it was logged.
    }
  }
  return signals
}
