import { invalid } from '../../../error.ts'
import { auc } from '../../evaluation/auc.ts'
import { logloss } from '../../evaluation/logloss.ts'
import { descendInEpochs } from '../../graph/training/epochs.ts'
import { checkExamples } from '../../ranking/examples.ts'
import { checkFields } from '../../ranking/field.ts'
import type { RankerTrainer } from '../../ranking/ranker.ts'
import type { Examples } from '../../ranking/rows.ts'
import { type DeepRanker, loadDeepRanker } from '../deep-ranker.ts'
import type { Family, Head } from '../network/family.ts'
import { openCourse, type Task } from './course.ts'
import { checkFit, type FitSettings, fitSettings } from './fit-settings.ts'

/**
 * A trainer of a family of deep rankers. Settings that are left out are the family's.
 *
 * `fit` throws `invalid_argument` for settings out of range, fields that the family can't do with,
 * and rows that are not of them.
 */
export function deepTrainer<S>(
  family: Family<S>,
  given: Partial<S & FitSettings> = {},
): RankerTrainer<DeepRanker<S>> {
  return {
    kind: family.kind,
    fit: (data, run) => fitDeep({ family, ...settingsFor(family, given), data, run }),
    load: (artifact) => loadDeepRanker(family, artifact),
  }
}

/** What is given, told apart: settings of the family, and those of fitting. */
export function settingsFor<S>(family: Family<S>, given: Partial<S & FitSettings>) {
  const fit: FitSettings = { ...fitSettings, ...given }
  return { settings: own<S>({ ...family.defaults, ...given }), fit }
}

/** Learns what is asked, by settings that are whole. Throws as the `fit` of its trainer. */
export async function fitDeep<S>(task: Task<S>): Promise<DeepRanker<S>> {
  const { family, settings, fit, data, run } = task
  checkAll(task)
  run.signal?.throwIfAborted()
  await using course = await openCourse(task)
  const { descent, lesson, batch, ranker } = course
  const { validation } = data
  const [head] = family.heads(settings)
  const judge = validation && (() => judged(ranker(), validation, fit, head!))
  await descendInEpochs(descent, { ...lesson, ...(judge && { judge }) }, { ...fit, batch }, run)
  return ranker()
}

/** How good a model is, the more the better: of the first head, on rows it has not learned from. */
async function judged(
  ranker: DeepRanker,
  { labels: all, weights, ...rows }: Examples,
  { monitor }: FitSettings,
  head: Head,
): Promise<number> {
  const [scores] = await ranker.predict(rows)
  const labels = all.get(head.name)!
  if (head.learns === 'amount') {
    return -labels.reduce((sum, label, row) => {
      return sum + (weights?.[row] ?? 1) * (label - scores![row]!) ** 2
    }, 0)
  }
  if (monitor === 'logloss') return -logloss(scores!, labels, weights)
  return auc(scores!, labels) ?? 0.5
}

function checkAll<S>({ family, settings, fit, data }: Task<S>): void {
  const { fields, train, validation } = data
  checkFit(fit)
  checkFields(fields)
  family.check(settings, fields)
  const heads = family.heads(settings)
  const names = heads.map(({ name }) => name)
  for (const { name } of fields)
    if (names.includes(name)) throw invalid('fields', `must not hold "${name}", which is foretold`)
  for (const examples of validation ? [train, validation] : [train]) {
    checkExamples(examples, fields, names)
    for (const { name, learns } of heads) {
      if (learns !== 'chance') continue
      const labels = examples.labels.get(name)!
      const row = labels.findIndex((label) => label < 0 || label > 1)
      if (row >= 0) throw invalid(`labels.${name}[${row}]`, `${labels[row]} must lie in [0, 1]`)
    }
  }
}

const fitNames = new Set([...Object.keys(fitSettings), 'negatives'])

/** The settings of a family, without those of fitting: what is saved with the model. */
function own<S>(settings: S): S {
  const kept = Object.entries(settings as object).filter(([name]) => !fitNames.has(name))
  // What is left is what the family declares.
  return Object.fromEntries(kept) as S
}
