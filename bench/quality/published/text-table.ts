import type { Row } from './row.ts'
import { type AnySet, gaps, metricsOf, type Standing, standings } from './standing.ts'

/** The table of one set for people at a terminal. */
export function textTable(set: AnySet, rows: readonly Row[]): string {
  const metrics = metricsOf(set)
  const head = ['', ...metrics, 'CPU s', 'memory', 'from']
  const lines = [head, ...standings(set, rows).map((standing) => cellsOf(standing, metrics))]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)))
  const table = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
  const title = `${set.name}: ${set.protocol.description}`
  return [title, ...table, ...gaps(set, rows).map((gap) => `  ${gap}`)].join('\n')
}

export function cellsOf(standing: Standing, metrics: readonly string[]): readonly string[] {
  const cells = metrics.map((metric) => {
    const figure = standing.figures.find((each) => each.metric === metric)
    return figure === undefined ? '' : spelled(figure)
  })
  if (standing.by === 'others') return [standing.model, ...cells, '', '', standing.source]
  const { trainSeconds, peakBytes, commit } = standing.row
  return [standing.model, ...cells, seconds(trainSeconds), bytes(peakBytes), `ours, ${commit}`]
}

function spelled(figure: { value: number; low?: number; high?: number }): string {
  const { value, low, high } = figure
  if (low === undefined || high === undefined) return value.toFixed(4)
  return `${value.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`
}

export const seconds = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0))

export const bytes = (value: number): string => `${(value / 2 ** 20).toFixed(0)} MiB`
