import type { Row } from './row.ts'
import { type AnySet, gaps, metricsOf, type Standing, standings } from './standing.ts'
import { cellsOf } from './text-table.ts'

/** `docs/benchmarks.md`: published figures and ours, side by side, with what ours came from. */
export function documentOf(sets: readonly AnySet[], rows: readonly Row[], more: string): string {
  const told = sets.map((set) => section(set, rows))
  return `${[opening, ...told, more].join('\n\n')}\n`
}

const opening = `# Benchmarks

Written by \`npm run bench:quality\` from the rows that it keeps in
\`bench/quality/results\`; not to be edited. Every row of ours was made by a process of its own:
seconds are CPU seconds of all its threads while learning, memory is the most it held until then,
the data included. Intervals are 95 % bootstrap intervals over users. Settings were chosen on
validation parts that are cut from what may be learned from, never on the test; what was searched
stands below each table; what the command tried, and nobody by hand, lies in
\`bench/quality/results/searches\`. Rows in bold are ours; the best stands last. Gaps to what was
set out for stay in sight, whoever they shame.

The data are public but may not be redistributed: they are looked for beside the repository, in
\`../shared/data\`, and sets that are not there are left out.`

function section(set: AnySet, rows: readonly Row[]): string {
  const metrics = metricsOf(set)
  const head = ['model', ...metrics, 'CPU s', 'memory', 'source']
  const lines = standings(set, rows)
  const ours = lines.flatMap((line) => (line.by === 'us' ? [line.row] : []))
  const table = [
    markdownRow(head),
    markdownRow(head.map((_, column) => (column === 0 ? '---' : '---:'))),
    ...lines.map((line) => markdownRow(marked(line, metrics))),
  ]
  const notes = ours.map(
    (row) => `- ${row.model}: ${settingsText(row.settings)}${searchedText(row)}`,
  )
  return [
    `## ${set.name}`,
    `${capital(set.protocol.description)}.`,
    table.join('\n'),
    gaps(set, rows)
      .map((gap) => `- ${gap}`)
      .join('\n'),
    ...(notes.length > 0 ? ['Settings:', notes.join('\n')] : []),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function marked(line: Standing, metrics: readonly string[]): readonly string[] {
  const [model, ...cells] = cellsOf(line, metrics)
  return line.by === 'us' ? [`**${model}**`, ...cells.map(boldFigure)] : [model!, ...cells]
}

/** The figure in bold, its interval beside it. */
function boldFigure(cell: string): string {
  return cell.replace(/^(\d\.\d{4})( \[.*)$/, '**$1**$2')
}

function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function settingsText(settings: Row['settings']): string {
  const told = Object.entries(settings).map(([name, value]) => `${name} ${value}`)
  return told.length === 0 ? 'nothing to choose' : told.join(', ')
}

function searchedText({ searched, settingsFrom }: Row): string {
  if (settingsFrom !== undefined) return ` (not searched: as ${settingsFrom} has them for this set)`
  if (searched === undefined) return ''
  const { method, trials, validation, seed, best } = searched
  const reached = Object.entries(best ?? {}).map(([metric, value]) => `${metric} ${value}`)
  const there = reached.length > 0 ? `, where it had ${reached.join(', ')}` : ''
  return ` (${trials} trials, ${method}, seed ${seed}, on ${validation}${there})`
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
