import type { Ranker } from '../../../../models/ranking/ranker.ts'
import type { Examples } from '../../../../models/ranking/rows.ts'
import {
  encodingEntry,
  savedEncoding,
} from '../../../../state/features/declared/encoding/saved-encoding.ts'
import {
  type Metrics,
  type Outcome,
  runOf,
  type TrainableKind,
  trainable,
  type Work,
} from '../kind.ts'
import { checkLabel, dataSettings, type RankerData, readRankerData } from './ranker-data.ts'
import type { RankerFamily } from './ranker-family.ts'
import { judgedRanker } from './ranker-gate.ts'
import { servingRanker } from './serving-ranker.ts'

/** A family of rankers over declared sets as a kind of training. */
export function rankerKind(family: RankerFamily): TrainableKind {
  const { name, summary } = family
  const seedOf = ({ seed, log }: Work) => (seed === '' ? String(log.head) : seed)

  const fit = async (data: RankerData, work: Work): Promise<Ranker> => {
    const { fields, roles, train, stopping } = data
    const heads = name === 'multi-task' ? roles.heads : [roles.head]
    const trainer = await family.trainer(work.settings, roles)
    return trainer.fit(
      { fields, train: only(heads, train), validation: only(heads, stopping) },
      {
        ...runOf(work, 'ranker', name),
        seed: seedOf(work),
      },
    )
  }

  return trainable<RankerData>({
    ...{ kind: name, summary, models: [name], data: ['log', 'logged', 'file'] },
    settings: { ...dataSettings(family.set), ...family.settings },
    objective: 'auc',

    check: checkLabel,
    prepare: readRankerData,

    async trial(data, work): Promise<Metrics> {
      return (await judgedRanker(await fit(data, work), data, seedOf(work))).metrics
    },

    async train(data, work): Promise<Outcome> {
      const ranker = await fit(data, work)
      const serving = await servingRanker(name, work, data.sets.encoding.set)
      const { passes, reason, metrics } = await judgedRanker(ranker, data, seedOf(work), serving)
      if (!passes) return { promoted: false, version: '', verdict: reason, metrics }
      const { header, weights } = ranker.save()
      const { sets, through, until } = data
      const artifact = {
        weights,
        header: {
          ...header,
          // Beside the settings of the network itself, which are the header's own.
          ...{ through, until, training: { seed: seedOf(work), settings: work.settings } },
          [encodingEntry]: savedEncoding(sets.encoding),
        },
      }
      const { version, status } = await work.publish(name, artifact, { metrics, note: reason })
      const promoted = status === 'ready'
      return { promoted, version: String(version), verdict: reason, metrics }
    },
  })
}

function only(heads: readonly string[], { labels, ...rest }: Examples): Examples {
  return { ...rest, labels: new Map([...labels].filter(([name]) => heads.includes(name))) }
}
