import { StarlingError } from '../../../error.ts'
import type { Clock } from '../../../events/clock.ts'
import type { Offset } from '../../../events/log/event-log.ts'
import { type ThreadLine, threadLine } from '../../../kernel/threads/thread-line.ts'
import type { Artifact } from '../../../models/model.ts'
import type { ServedModels } from '../../../models/serving/shelf/served-models.ts'
import type { OnlineRules } from '../../control/declared/online.ts'
import type { Home } from '../../home.ts'
import type { LakeStream } from '../../lake/lake-stream.ts'
import { ownKinds } from '../../serving/own-kinds.ts'
import { checkpointNames, forgetCheckpoints } from '../jobs/checkpoints.ts'
import { rankerName } from '../model-names.ts'
import type { ModelsInForce } from '../models-in-force.ts'
import type { FollowerTask } from './follower-task.ts'
import type { Standing } from './ranker-follower.ts'
import type { RankerAnswer, RankerQuestion, RankerThreadTask } from './ranker-thread.ts'
import { toldRows } from './told-rows.ts'

/**
 * Keeps rankers up with what is served, between two trainings: the feed's own, where it is
 * logistic, and every published one that learns row by row. In a thread of their own they take the
 * rows that are ripe, with the features as they were logged, and what each has come to is put in
 * force in one step.
 */
export interface RankerUpdates extends AsyncDisposable {
  /** Takes in all that is ripe and written to the lake; resolves when it is in force. */
  update(): Promise<void>
  /** Puts in force what was in force when the engine was last closed, or ended. */
  restore(): Promise<void>
  /** Somebody was erased: what was taken in is forgotten, and read again. */
  forget(): Promise<void>
  /** How far they have come, by name; none of those that are not kept up. */
  standings(): readonly Standing[]
}

export interface RankerUpdatesOptions {
  readonly home: Home
  readonly clock: Clock
  readonly models: ModelsInForce
  readonly served: ServedModels
  readonly lakeStream: Pick<LakeStream, 'lake' | 'neededFrom'>
  readonly rules: () => OnlineRules
  readonly lastErasure: () => Promise<Offset | undefined>
  readonly onTrouble: (what: string, error: unknown) => void
}

/** Learners that are asked for by name alone: all kinds that rankers of declared sets learn by. */
const keptNames = new Set(['ftrl', 'fm'])

/** Of the thread, beside the weights themselves: pages that are remembered, rows on their way. */
const heapMb = 512

type Line = ThreadLine<RankerQuestion, RankerAnswer>

export function rankerUpdates(options: RankerUpdatesOptions): RankerUpdates {
  const { home, clock, models, served, lakeStream, rules } = options
  const checkpoints = `${home.folder}/online`
  const standings = new Map<string, Standing>()
  let line: Line | undefined
  let closed = false
  let updatedAt = Number.NEGATIVE_INFINITY
  let last: Promise<void> = Promise.resolve()

  const lineOpen = (): Line => {
    const task: RankerThreadTask = {
      ...{ log: home.log, models: home.models, snapshots: home.folder, checkpoints },
    }
    const limits = { maxOldGenerationSizeMb: heapMb }
    line ??= threadLine(new URL('./ranker-thread.ts', import.meta.url), task, limits)
    return line
  }

  /** The thread is let go of where it fails: the next one goes on from what was kept. */
  const ask = async (question: RankerQuestion): Promise<RankerAnswer> => {
    const answer = await lineOpen().ask(question)
    if (answer.kind !== 'failed') return answer
    throw new StarlingError(answer.code, answer.message)
  }

  const tasks = async (): Promise<readonly FollowerTask[]> => {
    if (closed || rules().rankers === 0) return []
    const names = await keptVersions(models, served)
    const erasedAt = await options.lastErasure()
    const { delaySeconds, rate } = rules()
    const how = { delayMs: delaySeconds * 1_000, rate, erasedAt }
    return names.map(([name, version]) => ({ name, version, ...how }))
  }

  const advance = async (task: FollowerTask, through: Offset | undefined): Promise<void> => {
    let answer = await ask({ kind: 'advance', task, through })
    while (answer.kind === 'wanted') {
      const rows = await toldRows(lakeStream.lake(), answer.wanted)
      answer = await ask({ kind: 'told', rows })
    }
    if (answer.kind !== 'stands') return
    const { standing, model } = answer
    const { name, version } = task
    if (model !== undefined && !(await putInForce(name, version, model))) return
    standings.set(name, standing)
  }

  /** False where another version has come meanwhile. */
  const putInForce = async (
    name: string,
    version: number,
    artifact: Artifact,
  ): Promise<boolean> => {
    const open = ownKinds.get(artifact.header.kind)!
    const isServed = await served.renew(name, version, await open(artifact))
    if (name !== rankerName) return isServed
    return models.renewRanker(artifact, version)
  }

  const run = async (wanted: readonly FollowerTask[], through: Offset | undefined) => {
    const names = wanted.map(({ name }) => name)
    for (const name of standings.keys()) if (!names.includes(name)) standings.delete(name)
    if (line !== undefined) await ask({ kind: 'only', names })
    for (const task of wanted) {
      if (closed) return
      try {
        await advance(task, through)
      } catch (error) {
        if (closed) return
        // One that cannot be kept up is none of the others' concern.
        options.onTrouble(`keeping ${task.name}/${task.version} up`, error)
        await line?.[Symbol.asyncDispose]()
        line = undefined
      }
    }
  }

  const update = async (): Promise<void> => {
    const { everyMinutes } = rules()
    // A minute that is a little short is one all the same.
    if (clock.now() - updatedAt < (everyMinutes - 0.5) * 60_000 && everyMinutes > 1) return
    updatedAt = clock.now()
    const wanted = await tasks()
    if (wanted.length === 0) return run([], undefined)
    const through = await lakeStream.neededFrom()
    // Without a lake nobody logs what rows were made of.
    if (Number.isFinite(through)) await run(wanted, through)
  }

  const restore = async (): Promise<void> => {
    const kept = await checkpointNames(checkpoints)
    if (kept.length === 0) return
    await run(
      (await tasks()).filter(({ name }) => kept.includes(name)),
      undefined,
    )
  }

  const forget = async (): Promise<void> => {
    await line?.[Symbol.asyncDispose]()
    line = undefined
    await forgetCheckpoints(checkpoints)
    for (const { name, version } of standings.values())
      await putInForce(name, version, await models.registry.load(name, version))
    standings.clear()
  }

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    last = last.then(work, work)
    return last
  }

  /** One that waits its turn takes in whatever is there by then. */
  let waiting: Promise<void> | undefined
  const updateSoon = (): Promise<void> => {
    waiting ??= inTurn(() => {
      waiting = undefined
      return update()
    })
    return waiting
  }

  return {
    update: updateSoon,
    restore: () => inTurn(restore),
    forget: () => inTurn(forget),
    standings: () => [...standings.values()],
    async [Symbol.asyncDispose]() {
      closed = true
      await line?.[Symbol.asyncDispose]()
      await last.catch(() => undefined)
    },
  }
}

/** Names and versions of all that serve and can be kept up. */
async function keptVersions(
  models: ModelsInForce,
  served: ServedModels,
): Promise<readonly (readonly [name: string, version: number])[]> {
  const found: (readonly [string, number])[] = []
  const own = models.versionOf(rankerName)
  if (own !== undefined && models.ranker()?.model.kind === 'logistic') found.push([rankerName, own])
  for (const { name, serving } of served.list()) {
    if (serving === undefined || name === rankerName) continue
    const isKept = await served.ask(
      name,
      serving,
      async ({ kind, filling }) => keptNames.has(kind) && filling?.kind === 'encoded',
    )
    if (isKept) found.push([name, serving])
  }
  return found
}
