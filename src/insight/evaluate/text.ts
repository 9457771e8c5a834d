import type { EvaluatedModel, Evaluation, Figure } from '../../models/contenders/evaluation.ts'

/** An evaluation for people at a terminal: the figures, what lists show, and slice by slice. */
export function evaluationText(evaluation: Evaluation): string {
  const { title, protocol, notes, models } = evaluation
  const slices = models[0]!.slices.filter(({ figures }) => figures.length > 0)
  return [
    `${title}: ${protocol}`,
    countsText(evaluation),
    ...notes,
    '',
    ...table(accuracyTable(models)),
    ...(models[0]!.figures.some(isWhole) ? ['', ...table(wholeTable(models))] : []),
    ...slices.flatMap(({ slice, count }) => [
      '',
      `${slice} (${count})`,
      ...sliceLines(models, slice),
    ]),
  ].join('\n')
}

export function countsText({ counts }: Evaluation): string {
  return Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')
}

export type Cells = readonly (readonly string[])[]

const isWhole = ({ low }: Figure): boolean => low === null

/** Metrics with intervals, and what learning took. */
export function accuracyTable(models: readonly EvaluatedModel[]): Cells {
  const metrics = models[0]!.figures
    .filter((figure) => !isWhole(figure))
    .map(({ metric }) => metric)
  return [
    ['', ...metrics, 'CPU s', 'memory', 'trials'],
    ...models.map(({ model, figures, trainSeconds, peakBytes, trials }) => [
      model,
      ...metrics.map((metric) => figureText(figures.find((each) => each.metric === metric))),
      trainSeconds.toFixed(1),
      `${(peakBytes / 2 ** 20).toFixed(0)} MiB`,
      String(trials),
    ]),
  ]
}

/** Metrics of all lists together. */
export function wholeTable(models: readonly EvaluatedModel[]): Cells {
  const metrics = models[0]!.figures.filter(isWhole).map(({ metric }) => metric)
  return [
    ['', ...metrics],
    ...models.map(({ model, figures }) => [
      model,
      ...metrics.map((metric) => figureText(figures.find((each) => each.metric === metric))),
    ]),
  ]
}

/** One slice of all models. */
export function sliceTable(models: readonly EvaluatedModel[], slice: string): Cells {
  const of = ({ slices }: EvaluatedModel) => slices.find((each) => each.slice === slice)
  const metrics = of(models[0]!)?.figures.map(({ metric }) => metric) ?? []
  return [
    ['', ...metrics],
    ...models.map((each) => [each.model, ...(of(each)?.figures ?? []).map(figureText)]),
  ]
}

const sliceLines = (models: readonly EvaluatedModel[], slice: string) =>
  table(sliceTable(models, slice))

function figureText(figure: Figure | undefined): string {
  if (figure === undefined) return ''
  const { value, low, high } = figure
  if (low === null || high === null) return value.toFixed(4)
  return `${value.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`
}

function table(lines: Cells): readonly string[] {
  const widths = lines[0]!.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
}
