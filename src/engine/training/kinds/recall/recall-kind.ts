import type { Artifact } from '../../../../models/model.ts'
import { listMetrics } from '../../item-lists.ts'
import { keptOr } from '../../jobs/checkpoints.ts'
import { seedFor } from '../../learn.ts'
import { labelled, originOf } from '../../origin.ts'
import { type Outcome, runOf, type TrainableKind, trainable, type Work } from '../kind.ts'
import { type Judged, judged, type Serving } from './judged.ts'
import { inLists, listsAbove, loadRecall } from './listed.ts'
import { type RecallData, readRecallData } from './recall-data.ts'
import type { Past, RecallFamily } from './recall-family.ts'

/** A family of recall models as a kind of training. */
export function recallKind(family: RecallFamily): TrainableKind {
  const { name, summary, readsTexts = false, laysOut = false } = family
  const settings = { ...family.settings, ...(laysOut && { listsAbove }) }
  const seedOf = ({ seed, log }: Work) => (seed === '' ? seedFor(log.head) : seed)

  /** Each fit is a step: a job that goes on has it from there, or from its last round. */
  const fit = (past: Past, work: Work, part: string, step: string): Promise<Artifact> =>
    keptOr(
      work.checkpoints,
      part,
      async () => {
        const run = { ...runOf(work, part, step), seed: seedOf(work) }
        return (await family.fit(past, work.settings, run)).save()
      },
      { save: (artifact) => artifact, load: (artifact) => artifact },
    )

  /** The version that serves, if it can be asked, and how far it had read. */
  const servingIn = async ({ registry, taintedThrough }: Work): Promise<Serving | undefined> => {
    const loaded = await registry.latest(name)
    const through = Number(loaded?.artifact.header['through'])
    if (loaded === undefined || !(through > taintedThrough)) return undefined
    try {
      return { model: await loadRecall(family, loaded.artifact), through }
    } catch {
      return undefined
    }
  }

  const withLists = async (whole: Artifact, past: Past, work: Work) => {
    const model = laysOut ? await family.load(whole) : undefined
    if (model === undefined || model.itemCount <= Number(work.settings['listsAbove'])) return
    return inLists(model, whole, past, seedOf(work))
  }

  const judge = async (data: RecallData, work: Work): Promise<Judged> => {
    const earlier = await fit(data.earlier, work, 'earlier', `${name} of the earlier part`)
    const model = await family.load(earlier)
    return await judged(model, data, seedOf(work), await servingIn(work))
  }

  return trainable<RecallData>({
    ...{ kind: name, summary, settings, models: [name], data: ['log'] },
    objective: 'ndcg@20',

    async prepare(work) {
      const serving = await servingIn(work)
      return readRecallData(work, readsTexts, serving?.through)
    },

    trial: async (data, work) => (await judge(data, work)).metrics,

    async train(data, work): Promise<Outcome> {
      const { metrics, isBetter, verdict } = await judge(data, work)
      if (!isBetter) return { promoted: false, version: '', verdict, metrics }
      const origin = originOf(data.likes, work.log.tail, {
        seed: seedOf(work),
        settings: work.settings,
      })
      const whole = await fit(data.all, work, 'all', name)
      const listed = await withLists(whole, data.all, work)
      const told = { ...metrics, ...listMetrics(listed?.lists) }
      const made = labelled(listed?.artifact ?? whole, origin)
      const { version, status } = await work.publish(name, made, { metrics: told, note: verdict })
      return { promoted: status === 'ready', version: String(version), verdict, metrics: told }
    },
  })
}
