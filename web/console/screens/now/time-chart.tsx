import { LineChart } from '../../chart/line-chart.tsx'
import type { Lines } from '../../chart/series.ts'
import { Answered, Panel } from '../../parts/panel.tsx'
import { drillInto, readMetricsView } from '../../route/metrics-view.ts'
import { paths } from '../../route/place.ts'
import { useConsole } from '../../state/console.ts'
import type { Known } from '../../state/live.ts'
import { inUnit } from '../../words/units.ts'
import { type NumbersKnown, useNumbers } from './use-numbers.ts'

interface TimeChartProps {
  readonly id: string
  readonly title: string
  readonly note: string
  /** All of one unit. */
  readonly measures: readonly string[]
  readonly by?: string
  readonly lastMs: number
  readonly stepMs: number
  readonly everyMs: number
  /** The numbers, where they are known already; else they are asked for. */
  readonly known?: Known<NumbersKnown>
  /** Where the same can be looked at closely. */
  readonly path: string
}

const chartHeight = 180

/** A live chart of a few numbers. */
export function TimeChart(props: TimeChartProps) {
  return props.known === undefined ? (
    <AskingChart {...props} />
  ) : (
    <KnownChart {...props} known={props.known} />
  )
}

function AskingChart(props: TimeChartProps) {
  return <KnownChart {...props} known={useNumbers('chart', { ...props, by: props.by })} />
}

function KnownChart(props: TimeChartProps & { readonly known: Known<NumbersKnown> }) {
  const { id, title, note, measures, by, path, known: asked } = props
  const { router } = useConsole()
  const pick = (key: string): void => {
    const view = readMetricsView(new URL(path, location.origin).searchParams)
    const slice: readonly string[] = JSON.parse(key) // A key is a slice, spelled.
    router.go(paths.metrics(drillInto(view, slice)))
  }
  return (
    <Panel
      id={id}
      title={title}
      note={note}
      tools={
        <a class="panel-link" href={path}>
          Explore<span class="unseen"> {title}</span>
        </a>
      }
    >
      <Answered asked={asked} room={13}>
        {(known) => (
          <LineChart
            title={title}
            lines={linesTogether(known, measures)}
            format={(value) => inUnit(value, known.unitOf(measures[0] ?? ''))}
            height={chartHeight}
            sync="now"
            {...(by !== undefined && { onPick: pick })}
          />
        )}
      </Answered>
    </Panel>
  )
}

/** Several measures are lines of one chart, named after what they measure. */
function linesTogether(known: NumbersKnown, measures: readonly string[]): Lines {
  const there = measures.filter((name) => known.measures.some((measure) => measure.name === name))
  const all = there.map((name) => ({ name, lines: known.linesOf(name) }))
  if (all.length === 1) return all[0]?.lines ?? { times: [], lines: [] }
  return {
    times: all[0]?.lines.times ?? [],
    lines: all.flatMap(({ name, lines }) =>
      lines.lines.map((line) => ({ ...line, key: name, name: name.replace(/.*_/, '') })),
    ),
  }
}
