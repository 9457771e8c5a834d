import uPlot from 'uplot'
import type { Theme } from '../../src/state/theme.ts'
import { tick } from '../words/units.ts'
import { chartInk, colourOf } from './palette.ts'
import type { Lines } from './series.ts'

/** A chart on a canvas: made once, and then only given other numbers. */
export interface Plot {
  show(lines: Lines): void
  resize(width: number): void
  /** Brings one line to the front; none: all alike. */
  focus(line: number | undefined): void
  destroy(): void
}

export interface PlotOptions {
  readonly width: number
  readonly height: number
  readonly theme: Theme
  /** One per line. */
  readonly names: readonly string[]
  /** The place of a line's colour in the palette; its own place unless told. */
  readonly places?: readonly number[] | undefined
  readonly format: (value: number) => string
  /** Charts of one name share their cursor. */
  readonly sync?: string | undefined
  /** Which time is pointed at, as its place in the lines. */
  readonly onPoint: (place: number | undefined) => void
  /** A span was drawn with the pointer, in ms. */
  readonly onSpan?: ((from: number, to: number) => void) | undefined
}

const font = '11px system-ui, sans-serif'
const gutter = 56

export function createPlot(host: HTMLElement, lines: Lines, options: PlotOptions): Plot {
  const plot = new uPlot(optionsOf(options), dataOf(lines), host)
  return {
    show(next) {
      plot.setData(dataOf(next))
    },
    resize: (width) => plot.setSize({ width, height: options.height }),
    focus(line) {
      plot.setSeries(line === undefined ? null : line + 1, { focus: true })
    },
    destroy: () => plot.destroy(),
  }
}

function optionsOf(options: PlotOptions): uPlot.Options {
  const { width, height, theme, names, places, format, sync, onPoint, onSpan } = options
  const ink = chartInk[theme]
  const grid = { stroke: ink.line, width: 1 }
  const isAlone = names.length === 1
  return {
    ...{ width, height, ms: 1, padding: [8, 10, 0, 0] },
    legend: { show: false },
    focus: { alpha: 0.25 },
    cursor: {
      y: false,
      drag: { x: onSpan !== undefined, y: false, setScale: false },
      points: { size: 7 },
      ...(sync !== undefined && { sync: { key: sync } }),
    },
    scales: { x: { time: true }, y: { range: (_, low, high) => roomFor(low, high) } },
    axes: [
      {
        ...{ stroke: ink.text, font, grid: { show: false }, ticks: { ...grid, size: 4 } },
        ...{ space: 64, size: 26, gap: 4 },
        values: (_, splits, __, ___, apartMs) => splits.map((at) => tick(at, apartMs)),
      },
      {
        ...{ stroke: ink.text, font, grid, ticks: { show: false } },
        ...{ size: gutter, gap: 6, space: 34 },
        values: (_, splits) => splits.map(format),
      },
    ],
    series: [
      {},
      ...names.map((label, place) => {
        const stroke = colourOf(theme, places?.[place] ?? place)
        return {
          ...{ label, stroke, width: 1.75, spanGaps: false },
          ...(isAlone && { fill: `${stroke}1f` }),
          points: { show: isSparse },
        }
      }),
    ],
    hooks: {
      setCursor: [(plot) => onPoint(plot.cursor.idx ?? undefined)],
      setSelect: [
        (plot) => {
          const { left, width: wide } = plot.select
          if (wide < 6) return
          onSpan?.(plot.posToVal(left, 'x'), plot.posToVal(left + wide, 'x'))
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
        },
      ],
    },
  }
}

/** From 0 to a little above the highest, so that heights can be compared and nothing is cut off. */
function roomFor(low: number | null, high: number | null): uPlot.Range.MinMax {
  const least = Math.min(0, low ?? 0)
  const most = Math.max(0, high ?? 0)
  return most === 0 && least === 0 ? [0, 1] : [least * 1.08, most * 1.08]
}

/** Points are drawn where a line has too few of them to be seen as one. */
function isSparse(plot: uPlot, series: number): boolean {
  const values = plot.data[series] ?? []
  let count = 0
  for (const value of values) if (value !== null && value !== undefined) count++
  return count < 12
}

const dataOf = ({ times, lines }: Lines): uPlot.AlignedData => [
  [...times],
  ...lines.map(({ values }) => [...values]),
]
