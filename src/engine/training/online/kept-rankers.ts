import { StarlingError } from '../../../error.ts'
import { fmTrainer } from '../../../models/linear/fm.ts'
import { ftrlTrainer } from '../../../models/linear/ftrl.ts'
import { loadLogistic, loadLogisticParts } from '../../../models/logistic/logistic-model.ts'
import {
  type OnlineLogisticOptions,
  onlineLogistic,
  resumeOnlineLogistic,
} from '../../../models/logistic/online-logistic.ts'
import type { Artifact } from '../../../models/model.ts'
import { examplesAt } from '../../../models/ranking/examples.ts'
import type { OnlineTrainer } from '../../../models/ranking/online.ts'
import type { Examples } from '../../../models/ranking/rows.ts'
import { loadedEncoding } from '../../../state/features/declared/encoding/saved-encoding.ts'
import { columnOf } from '../examples/from-slates.ts'
import { byLabel, bySignals, type Outcome } from './outcomes.ts'

/** Columns to values, as they were logged: null for what was absent. */
export type Logged = Readonly<Record<string, readonly (number | string | null)[]>>

/** A version of a ranker of any kind that can go on learning from what is served. */
export interface KeptRanker {
  /** The declared set whose logged columns it learns from; the engine's own features else. */
  readonly set: string | undefined
  readonly outcome: Outcome
  /** Rows of features, without labels. */
  rows(logged: readonly Logged[]): Promise<KeptRows>
  /** Back to the weights of the version. */
  reset(): void
  /** What serves. */
  model(): Artifact
  /** What `keptRanker` goes on from. */
  save(): Artifact
}

export interface KeptRows {
  /** What the version foretells of each. */
  readonly stale: Float32Array
  /** Learns one of them, as this user judged it; returns what was foretold of it just before. */
  learn(row: number, label: number, weight: number, user: string): number
}

/** Kinds of models that can be kept up. */
const keptKinds: ReadonlySet<string> = new Set(['logistic', 'ftrl', 'fm'])

/** The set that holds the engine's own features: they are logged of every ranked page. */
const ownSet = 'engine'

/** How the feed's own ranker goes on, but for its rate; see `onlineDefaults` for that. */
export const logisticRates: Omit<OnlineLogisticOptions, 'rate'> = {
  ...{ warmth: 1_000, l2: 10, driftMax: 2 },
}

export interface KeptRankerOptions {
  /** How far the feed's own ranker moves with a row; others say it themselves. */
  readonly rate: number
  readonly saved?: Artifact | undefined
}

/**
 * Goes on from `saved`, or else begins with the version. Throws `failed_precondition` for a kind
 * that learns in batches alone.
 */
export function keptRanker(version: Artifact, options: KeptRankerOptions): KeptRanker {
  const { saved } = options
  const { kind } = version.header
  if (kind === 'logistic') return keptLogistic(version, options)
  // What was saved says by which rates: those given here are none of its.
  if (kind === 'ftrl') {
    return keptLearner(ftrlTrainer({ alpha: 0.1, beta: 1, l1: 0, l2: 0 }), version, saved)
  }
  if (kind === 'fm') return keptLearner(fmTrainer({ dims: 1, rate: 0.1, l2: 0 }), version, saved)
  const known = [...keptKinds].join(', ')
  const message = `a model of kind "${kind}" cannot be kept up by the minute; ${known} can`
  throw new StarlingError('failed_precondition', message)
}

function keptLogistic(version: Artifact, { rate, saved }: KeptRankerOptions): KeptRanker {
  const { features: names } = version.header
  const features = Array.isArray(names) ? names.map(String) : []
  const stale = loadLogistic(version, features)
  const fit = loadLogisticParts(version, features)
  const begin = () => onlineLogistic(fit, { ...logisticRates, rate })
  let learner = saved === undefined ? begin() : resumeOnlineLogistic(saved, features)
  return {
    set: undefined,
    outcome: bySignals,
    async rows(logged) {
      const rows = logged.map((row) =>
        Float32Array.from(features, (name) => Number(row[name]?.[0] ?? Number.NaN)),
      )
      const columns = features.map((_, place) => Float32Array.from(rows, (row) => row[place]!))
      return {
        stale: stale.predict(columns, rows.length),
        learn: (row, label, weight, user) => learner.learn(rows[row]!, label, weight, user),
      }
    },
    reset() {
      learner = begin()
    },
    model: () => labelled(version, learner.model().save()),
    save: () => learner.save(),
  }
}

function keptLearner(
  trainer: OnlineTrainer,
  version: Artifact,
  saved: Artifact | undefined,
): KeptRanker {
  const encoding = loadedEncoding(version.header)
  const stale = trainer.load(version)
  const [head] = stale.heads
  const label = encoding?.set.labels.find(({ name }) => name === head)
  if (encoding === undefined || label === undefined || head === undefined) {
    const message = `the model of kind "${version.header.kind}" does not say which set it is of`
    throw new StarlingError('failed_precondition', message)
  }
  const { set, fields } = encoding
  let learner = trainer.resume(saved ?? version)
  return {
    set: set.name === ownSet ? undefined : set.name,
    outcome: byLabel(label),
    async rows(logged) {
      const slots = logged.map((row) => ({ told: row }))
      const columns = new Map(set.columns.map((column) => [column.name, columnOf(column, slots)]))
      const filled = encoding.encode({ rowCount: logged.length, columns })
      const examples: Examples = { ...filled, labels: new Map() }
      const [foretold] = await stale.predict(filled)
      return {
        stale: foretold!,
        learn(row, label, weight) {
          const one = examplesAt(examples, fields, Uint32Array.of(row))
          const labels = new Map([[head, Float32Array.of(label)]])
          return learner.learn({ ...one, labels, weights: Float32Array.of(weight) })[0]![0]!
        },
      }
    },
    reset() {
      learner = trainer.resume(version)
    },
    model: () => labelled(version, learner.model().save()),
    save: () => learner.model().save(),
  }
}

/** With what the version's header says besides: its encoding, where it comes from. */
function labelled(version: Artifact, { header, weights }: Artifact): Artifact {
  return { header: { ...version.header, ...header }, weights }
}
