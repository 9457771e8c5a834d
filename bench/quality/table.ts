import type { Cell } from './result.ts'

/** Cells as a table for people: a line per model, a column per metric. */
export function tableOf(title: string, cells: readonly Cell[]): string {
  const names = [...new Set(cells.map(({ metric }) => metric))]
  const models = [...new Set(cells.map(({ model }) => model))]
  const cellOf = new Map(cells.map((cell) => [`${cell.model}\n${cell.metric}`, cell] as const))
  const head = ['', ...names]
  const rows = models.map((model) => [
    model,
    ...names.map((name) => spelled(cellOf.get(`${model}\n${name}`))),
  ])
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]!.length)),
  )
  const lines = [head, ...rows].map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
  return [title, ...lines].join('\n')
}

function spelled(cell: Cell | undefined): string {
  if (cell === undefined) return ''
  const { value, low, high } = cell
  if (low === null || high === null) return value.toFixed(3)
  return `${value.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`
}
