import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { copied } from '../../../src/parts/base/copied.ts'
import { LineChart } from '../../chart/line-chart.tsx'
import { linesOf } from '../../chart/series.ts'
import { HowToFill } from '../../parts/how-to-fill.tsx'
import { Answered, Panel } from '../../parts/panel.tsx'
import { Segments } from '../../parts/segments.tsx'
import { useTitle } from '../../parts/use-title.ts'
import { drillInto, type MetricsView, spans } from '../../route/metrics-view.ts'
import { paths } from '../../route/place.ts'
import type { Catalogue, Numbers } from '../../state/api.ts'
import { useConsole } from '../../state/console.ts'
import { useLive } from '../../state/use-live.ts'
import { inUnit } from '../../words/units.ts'
import { Choices } from './choices.tsx'
import { Crumbs } from './crumbs.tsx'
import { type MetricsQuestion, questionOf } from './question.ts'
import { SliceTable } from './slice-table.tsx'
import { SourceWeeks } from './source-weeks.tsx'

const everyMs = 5_000
/** As many lines as can be told apart. */
const linesMax = 8
const rowsMax = 50

/** The answers to what the address asks, with the question, which may have changed since. */
interface Sliced {
  readonly question: MetricsQuestion
  readonly totals: Numbers
  readonly steps: Numbers
}

/** Any measure, sliced by anything; a click goes into a slice. */
export function MetricsScreen({ view }: { readonly view: MetricsView }) {
  useTitle('Metrics')
  const { catalogue, router } = useConsole()
  const described = useLive('catalogue', catalogue, 60_000)
  const isLive = 'lastMs' in view.span
  const go = (next: MetricsView): void => router.go(paths.metrics(next))
  return (
    <div class="screen metrics">
      <div class="screen-head">
        <h1>Metrics</h1>
        <Segments
          label="Over the last"
          choices={spans}
          chosen={'lastMs' in view.span ? view.span.lastMs : 0}
          onChoose={(lastMs) => go({ ...view, span: { lastMs }, stepMs: 0 })}
        />
        <CopyLink />
      </div>
      <Crumbs view={view} />
      <Answered asked={described} room={30}>
        {(known) => (
          <>
            <Choices view={view} catalogue={known} onChange={go} />
            <Charts view={view} catalogue={known} everyMs={isLive ? everyMs : 0} onChange={go} />
          </>
        )}
      </Answered>
      <SourceWeeks />
    </div>
  )
}

interface ChartsProps {
  readonly view: MetricsView
  readonly catalogue: Catalogue
  readonly everyMs: number
  readonly onChange: (view: MetricsView) => void
}

function Charts({ view, catalogue, everyMs, onChange }: ChartsProps) {
  const { client } = useConsole()
  const key = `numbers ${paths.metrics(view)}`
  const asked = useLive(
    key,
    async (signal): Promise<Sliced> => {
      const question = questionOf(view, catalogue, Date.now())
      const { from, to, where, stepMs } = question
      const measures = question.measures.map(({ name }) => name)
      const by = [...question.by]
      const common = { measures, by, from, to, where }
      const [totals, steps] = await Promise.all([
        client.queryMetrics({ ...common, size: rowsMax }, { signal }),
        client.queryMetrics({ ...common, stepMs, size: linesMax }, { signal }),
      ])
      return { question, totals, steps }
    },
    everyMs,
  )
  // Until the next slice is there, the one before stays: it brings its question along.
  const before = useRef<Sliced>(undefined)
  before.current = asked.answer ?? before.current
  const shown = before.current === undefined ? asked : { ...asked, answer: before.current }
  return (
    <Answered asked={shown} room={30}>
      {({ question, totals, steps }) => (
        <>
          <SlicedCharts
            question={question}
            totals={totals}
            steps={steps}
            view={view}
            go={onChange}
          />
          <Panel id="slices" title={question.by.length === 0 ? 'In all' : 'Slices'}>
            {totals.rows.length === 0 ? (
              <div class="empty">
                <HowToFill />
              </div>
            ) : (
              <SliceTable
                measures={question.measures}
                by={question.by}
                rows={totals.rows}
                linesMax={linesMax}
                onPick={(slice) => onChange(drillInto(view, slice))}
              />
            )}
          </Panel>
        </>
      )}
    </Answered>
  )
}

interface SlicedChartsProps extends Sliced {
  readonly view: MetricsView
  readonly go: (view: MetricsView) => void
}

function SlicedCharts({ question, totals, steps, view, go }: SlicedChartsProps) {
  const { measures, by, stepMs } = question
  // The lines have the order of the table, and so its colours.
  const slices = totals.rows.slice(0, linesMax).map(({ slice }) => slice)
  return (
    <div class="charts">
      {measures.map(({ name, unit, description }, measure) => (
        <Panel key={name} id={`measure-${name}`} title={name} note={description}>
          <LineChart
            title={name}
            lines={linesOf(steps, { measure, unit, stepMs, ...(by.length > 0 && { slices }) })}
            format={(value) => inUnit(value, unit)}
            sync="metrics"
            onSpan={(from, to) =>
              go({ ...view, span: { from: Math.round(from), to: Math.round(to) }, stepMs: 0 })
            }
            onPick={(key) => go(drillInto(view, JSON.parse(key)))}
          />
        </Panel>
      ))}
    </div>
  )
}

/** The address is the view: whoever gets it sees the same. */
function CopyLink() {
  const words = useSignal(copyWords)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const copy = async (): Promise<void> => {
    words.value = (await copied(location.href)) ? 'Copied' : 'It stands above'
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      words.value = copyWords
    }, 1_500)
  }
  return (
    <button type="button" class="tool-button" onClick={() => void copy()}>
      {words.value}
    </button>
  )
}

const copyWords = 'Copy link'
