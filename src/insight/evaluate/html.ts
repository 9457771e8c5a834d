import type { Evaluation } from '../../models/contenders/evaluation.ts'
import { escaped, page, tableHtml } from '../report/page.ts'
import { intervalPlot, recallPlot, reliabilityPlot } from './plots.ts'
import { accuracyTable, countsText, sliceTable, wholeTable } from './text.ts'

/** The evaluation as one file that needs nothing else: plots, tables, and what the words mean. */
export function evaluationHtml(evaluation: Evaluation): string {
  const { title, protocol, notes, models, k, seed } = evaluation
  const [best] = models
  const metrics = best!.figures.filter(({ low }) => low !== null).map(({ metric }) => metric)
  const slices = best!.slices.filter(({ figures }) => figures.length > 0)
  const settings = [
    ['', 'settings', 'trials'],
    ...models.map(({ model, settings, trials }) => [
      model,
      Object.entries(settings)
        .map(([name, value]) => `${name} ${typeof value === 'number' ? rounded(value) : value}`)
        .join(', '),
      String(trials),
    ]),
  ]
  const meanings = meaningsOf(evaluation).map(
    ([name, meaning]) => `<dt>${escaped(name)}</dt><dd>${escaped(meaning)}</dd>`,
  )
  const parts = [
    `<h1>How well is it recommended? ${escaped(title)}</h1>`,
    `<p>${escaped(capital(protocol))}. ${escaped(countsText(evaluation))}.</p>`,
    `<p class="verdict">${escaped(verdict(evaluation))}</p>`,
    figure(intervalPlot(models, metrics[0]!), `${metrics[0]}, with its 95 % interval over users.`),
    tableHtml(accuracyTable(models)),
    ...(best!.curve ? [figure(recallPlot(models), 'Share found, by the length of the list.')] : []),
    ...(best!.reliability
      ? [figure(reliabilityPlot(models), 'How often it came, by the chance that was foretold.')]
      : []),
    ...(k === undefined
      ? []
      : ['<h2>What the lists show of the catalogue</h2>', tableHtml(wholeTable(models))]),
    ...slices.flatMap(({ slice, count }) => [
      `<h2>${escaped(capital(slice))} (${count})</h2>`,
      tableHtml(sliceTable(models, slice)),
    ]),
    `<h2>Settings</h2>`,
    ...notes.map((note) => `<p>${escaped(note)}</p>`),
    tableHtml(settings),
    `<h2>What the words mean</h2><dl>${meanings.join('\n')}</dl>`,
    `<p>Seed ${escaped(String(seed))}.</p>`,
  ]
  return page(`Starling: ${title}`, parts.join('\n'))
}

/** Whether the best model is beyond doubt better than the best of the baselines. */
export function verdict({ models }: Evaluation): string {
  const [best] = models
  const baseline = models.find(({ isBaseline }) => isBaseline)
  const of = ({ figures }: (typeof models)[number]) => figures[0]!
  if (baseline === undefined) return `${best!.model} is the best.`
  if (best === baseline) return `No model is better than ${baseline.model}, a baseline.`
  const [ours, theirs] = [of(best!), of(baseline)]
  const apart = ours.low! > theirs.high! || ours.high! < theirs.low!
  const words = apart ? 'beats' : 'does not clearly beat'
  return (
    `${best!.model} ${words} ${baseline.model}, the best baseline, by ${ours.metric}: ` +
    `${ours.value.toFixed(4)} to ${theirs.value.toFixed(4)}.`
  )
}

function meaningsOf({ k, models }: Evaluation): readonly (readonly [string, string])[] {
  const all: readonly (readonly [string, string])[] = [
    ['NDCG', 'gain of what was found, the less the lower it stands, by that of the best list'],
    ['Recall', 'share of what was wanted that stands in the list'],
    ['HR', 'chance that anything wanted stands in the list'],
    ['MRR', 'one by the place of the first thing wanted; 0 beyond the list'],
    ['GAUC', 'chance that something wanted is scored above something else, user by user'],
    ['coverage', 'share of the catalogue that stands in anybody’s list'],
    ['Gini', '0 where all items are shown equally often, towards 1 where one takes all'],
    ['novelty', 'bits: how few had met what is shown'],
    ['diversity', 'one less the cosine of who met them, over pairs of a list'],
    ['AUC', 'chance that a row that came is scored above one that did not'],
    ['logloss', 'mean surprise, in nats; less is better'],
    ['ECE', 'mean distance of foretold chances from what came; less is better'],
    ['RMSE', 'root of the mean squared error, in stars; less is better'],
    ['MAE', 'mean error, in stars; less is better'],
  ]
  const names = new Set(models[0]!.figures.map(({ metric }) => metric.split('@')[0]!))
  const told = all.filter(([name]) => names.has(name))
  return k === undefined ? told : [...told, [`@${k}`, `of lists of ${k}`]]
}

function figure(plot: string, caption: string): string {
  return `<figure>${plot}<figcaption>${escaped(caption)}</figcaption></figure>`
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
const rounded = (value: number): string => String(Number(value.toPrecision(4)))
