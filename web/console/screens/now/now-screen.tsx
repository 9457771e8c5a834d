import { useSignal } from '@preact/signals'
import { ago } from '../../../src/words/numbers.ts'
import { Answered, Panel } from '../../parts/panel.tsx'
import { Segments } from '../../parts/segments.tsx'
import { useTitle } from '../../parts/use-title.ts'
import { stepOf } from '../../route/metrics-view.ts'
import { paths } from '../../route/place.ts'
import { useConsole } from '../../state/console.ts'
import { useLive } from '../../state/use-live.ts'
import { LagChart } from './lag-chart.tsx'
import { overallMeasures, Tiles } from './tiles.tsx'
import { TimeChart } from './time-chart.tsx'
import { type Worry, worriesOf } from './troubles.ts'
import { useNumbers } from './use-numbers.ts'

const oftenMs = 4_000
const slowestMs = 60_000
const choices = [
  ['15 min', 900_000],
  ['1 h', 3_600_000],
  ['6 h', 21_600_000],
  ['1 d', 86_400_000],
] as const

/** What happens right now, and what is wrong with it. */
export function NowScreen() {
  useTitle('Now')
  const lastMs = useSignal<number>(900_000)
  const stepMs = stepOf(lastMs.value, 90)
  // A chart of long steps changes seldom, and need not be asked for often.
  const everyMs = Math.min(slowestMs, Math.max(oftenMs, stepMs / 2))
  const span = { lastMs: lastMs.value, stepMs, everyMs }
  const overall = useNumbers('overall', { ...span, measures: overallMeasures })
  return (
    <div class="screen now">
      <div class="screen-head">
        <h1>Now</h1>
        <Segments
          label="Over the last"
          choices={choices}
          chosen={lastMs.value}
          onChoose={(ms) => {
            lastMs.value = ms
          }}
        />
      </div>
      <Health />
      <Tiles {...span} steps={overall} />
      <div class="charts">
        <TimeChart
          {...span}
          id="served"
          title="Pages served"
          note="by how they came to be"
          measures={['pages']}
          by="delivery"
          path={paths.metrics({ measures: ['pages'], by: ['delivery'] })}
        />
        <TimeChart
          {...span}
          id="deeds"
          title="What people do"
          note="deeds by their kind"
          measures={['actions']}
          by="action"
          path={paths.metrics({ measures: ['actions'], by: ['action'] })}
        />
        <TimeChart
          {...span}
          id="clicking"
          title="Click-through"
          note="opened, of what was seen, by scene"
          measures={['ctr']}
          by="scene"
          path={paths.metrics({ measures: ['ctr', 'impressions'], by: ['scene'] })}
        />
        <TimeChart
          {...span}
          known={overall}
          id="freshness"
          title="Freshness"
          note="from a deed to a page that knows it"
          measures={['freshness_p50', 'freshness_p95']}
          path={paths.metrics({ measures: ['freshness_p50', 'freshness_p95'] })}
        />
        <TimeChart
          {...span}
          id="latency"
          title="Making a page"
          note="time of the stages, p95"
          measures={['latency_p95']}
          by="stage"
          path={paths.metrics({ measures: ['latency_p95'], by: ['stage'] })}
        />
        <LagChart />
      </div>
    </div>
  )
}

/** What is wrong, in words; that nothing is, where nothing is. */
function Health() {
  const { client, trail } = useConsole()
  const status = useLive('status', (signal) => client.status({}, { signal }), oftenMs)
  const streams = useLive(
    'streams',
    async (signal) => {
      const answer = await client.listStreams({}, { signal })
      trail.add(Date.now(), answer.streams)
      return answer
    },
    oftenMs,
  )
  const models = useLive('models', (signal) => client.listModels({}, { signal }), 30_000)
  const wanted = ['failure_share', 'stale_share']
  const shares = useNumbers('shares', { measures: wanted, lastMs: 300_000, everyMs: 10_000 })
  const worries = worriesOf({
    streams: streams.answer?.streams,
    status: status.answer,
    models: models.answer?.models,
    failureShare: shares.answer?.total('failure_share'),
    staleShare: shares.answer?.total('stale_share'),
  })
  return (
    <Panel id="health" title="Health" class="health">
      <Answered asked={status} room={2.6}>
        {({ items, events, catalogue }) => (
          <>
            <Worries worries={worries} />
            <p class="hint">
              {items.toLocaleString('en')} items, {events.toLocaleString('en')} events
              {catalogue !== undefined && `. ${catalogue}`}
              {newestServing(models.answer?.models)}
            </p>
          </>
        )}
      </Answered>
    </Panel>
  )
}

function Worries({ worries }: { readonly worries: readonly Worry[] }) {
  if (worries.length === 0) return <p class="all-well">All is well.</p>
  return (
    <ul class="worries">
      {worries.map(({ grade, words, path }) => (
        <li key={words} class={`worry worry-${grade}`}>
          <a href={path}>{words}</a>
        </li>
      ))}
    </ul>
  )
}

function newestServing(
  models: readonly { readonly status: string; readonly trainedAt: string }[] = [],
): string {
  const times = models
    .filter(({ status }) => status === 'serving')
    .map(({ trainedAt }) => Date.parse(trainedAt))
  return times.length === 0 ? '' : `. Models learned ${ago(Math.max(...times), Date.now())}`
}
