import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useConsole } from '../state/console.ts'
import { absent, moment, timeOfDay } from '../words/units.ts'
import { colourOf } from './palette.ts'
import { createPlot, type Plot } from './plot.ts'
import { type Lines, lastOf } from './series.ts'

interface LineChartProps {
  /** What it shows, in a few words. */
  readonly title: string
  readonly lines: Lines
  readonly format: (value: number) => string
  readonly height?: number
  /** Places of the lines' colours, where they are not those of the lines. */
  readonly places?: readonly number[]
  readonly sync?: string
  readonly onSpan?: (from: number, to: number) => void
  /** A line of the legend was chosen. */
  readonly onPick?: (key: string) => void
}

/** Lines over time, with the numbers at the pointer (else the newest) beside their names. */
export function LineChart(props: LineChartProps) {
  const { title, lines, format, height = 200, places, sync, onSpan, onPick } = props
  const { theme } = useConsole().theme
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<Plot>(undefined)
  const pointed = useSignal<number | undefined>(undefined)
  const latest = useRef(props)
  latest.current = props
  const names = lines.lines.map(({ name }) => name)
  const isEmpty = lines.times.length === 0 || names.length === 0
  // Another theme or other lines need another chart; other numbers do not.
  const shape = JSON.stringify([theme.value, names, places, height, isEmpty])
  useLayoutEffect(() => {
    const element = host.current
    if (element === null || isEmpty) return
    const made = createPlot(element, latest.current.lines, {
      ...{ width: element.clientWidth, height, theme: theme.value, names, places, sync },
      format: (value) => latest.current.format(value),
      onPoint: (place) => {
        pointed.value = place
      },
      ...(onSpan !== undefined && { onSpan: (from, to) => latest.current.onSpan?.(from, to) }),
    })
    plot.current = made
    const watch = new ResizeObserver(() => made.resize(element.clientWidth))
    watch.observe(element)
    return () => {
      watch.disconnect()
      made.destroy()
      plot.current = undefined
    }
  }, [shape])
  useLayoutEffect(() => plot.current?.show(lines), [lines])

  return (
    <figure class="chart">
      <Legend
        lines={lines}
        places={places}
        pointed={pointed.value}
        format={format}
        onPick={onPick}
        onFocus={(place) => plot.current?.focus(place)}
      />
      <div
        ref={host}
        class="chart-canvas"
        style={{ height: `${height}px` }}
        role="img"
        aria-label={described(title, lines, format)}
      >
        {isEmpty && <p class="chart-empty">Nothing happened in this span.</p>}
      </div>
    </figure>
  )
}

interface LegendProps extends Pick<LineChartProps, 'lines' | 'format'> {
  readonly places: LineChartProps['places'] | undefined
  readonly onPick: LineChartProps['onPick'] | undefined
  readonly pointed: number | undefined
  readonly onFocus: (place: number | undefined) => void
}

function Legend({ lines, places, pointed, format, onPick, onFocus }: LegendProps) {
  const { theme } = useConsole().theme
  const at = pointed === undefined ? undefined : lines.times[pointed]
  return (
    <figcaption class="legend">
      {lines.lines.map(({ key, name, values }, place) => {
        const value = at === undefined ? lastOf(values) : (values[pointed ?? 0] ?? undefined)
        const content = (
          <>
            <span
              class="swatch"
              style={{ background: colourOf(theme.value, places?.[place] ?? place) }}
            />
            <span class="legend-name">{name}</span>
            <span class="legend-value">{value === undefined ? absent : format(value)}</span>
          </>
        )
        return onPick === undefined || lines.lines.length < 2 ? (
          <span key={key} class="legend-entry">
            {content}
          </span>
        ) : (
          <button
            key={key}
            type="button"
            class="legend-entry"
            title={`Only ${name}`}
            onClick={() => onPick(key)}
            onPointerEnter={() => onFocus(place)}
            onPointerLeave={() => onFocus(undefined)}
          >
            {content}
          </button>
        )
      })}
      <time class="legend-time">{at === undefined ? '' : timeOfDay(at)}</time>
    </figcaption>
  )
}

/** The chart for those who do not see it. */
function described(title: string, { times, lines }: Lines, format: (value: number) => string) {
  const [from, to] = [times[0], times.at(-1)]
  if (from === undefined || to === undefined) return `${title}: nothing happened in this span`
  const words = lines.slice(0, 8).map(({ name, values }) => {
    const numbers = values.filter((value) => value !== null)
    const last = numbers.at(-1)
    if (last === undefined) return `${name}: nothing`
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
    return `${name}: ${format(last)} last, ${format(low)} to ${format(high)}`
  })
  return `${title}, ${moment(from)} to ${moment(to)}. ${words.join('. ')}`
}
