import { type Bound, type Figure, isMet } from './figure.ts'
import type { Setting } from './machine.ts'

/** All that a run measured, as machines read it. */
export interface Report extends Setting {
  readonly quick: boolean
  readonly figures: readonly (Figure & { readonly met?: boolean })[]
}

export function reportOf(setting: Setting, quick: boolean, figures: readonly Figure[]): Report {
  const judged = figures.map((figure) => {
    const met = isMet(figure)
    return met === undefined ? figure : { ...figure, met }
  })
  return { ...setting, quick, figures: judged }
}

/** The report as a table for people, a line per figure. */
export function described({ commit, machine, quick, figures }: Report): string {
  const head = ['', 'figure', 'ours', 'baseline', 'judged', 'target', '', 'memory', '']
  const rows = figures.map((figure) => cellsOf(figure))
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]!.length)),
  )
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
  const smoke = quick ? ['A smoke test: what it measures is too small to say much.'] : []
  return [...lines, '', `commit ${commit}; ${machine}`, ...smoke].join('\n')
}

function cellsOf(figure: Figure): readonly string[] {
  const { target, what, value, unit, baseline, judged, bound, memory, note } = figure
  const met = isMet(figure)
  return [
    String(target),
    what,
    `${spell(value)} ${unit}`,
    baseline === undefined ? '' : `${spell(baseline.value)} ${unit} (${baseline.what})`,
    bound === undefined ? '' : spell(judged),
    bound === undefined ? '' : boundOf(bound),
    met === undefined ? '' : met ? 'met' : 'NOT MET',
    memory === undefined
      ? ''
      : `${megabytes(memory.ownBytes)} + ${megabytes(memory.mappedBytes)} MB mapped`,
    note ?? '',
  ]
}

function boundOf(bound: Bound): string {
  return 'least' in bound ? `>= ${bound.least}` : `<= ${bound.most}`
}

function spell(value: number): string {
  if (Math.abs(value) >= 1_000) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
