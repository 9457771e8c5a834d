import { LineChart } from '../../chart/line-chart.tsx'
import { Panel } from '../../parts/panel.tsx'
import { paths } from '../../route/place.ts'
import { useConsole } from '../../state/console.ts'
import { trailOf } from '../../state/trail.ts'
import { whole } from '../../words/units.ts'

/** How far behind each stream was, since the console was opened. */
export function LagChart() {
  const points = useConsole().trail.points.value
  const groups = [...new Set(points.flatMap(({ streams }) => [...streams.keys()]))]
  return (
    <Panel
      id="lag"
      title="Lag"
      note="events that each stream has not taken yet, since this page was opened"
      tools={
        <a class="panel-link" href={paths.streams}>
          Explore<span class="unseen"> lag</span>
        </a>
      }
    >
      <LineChart
        title="Lag"
        height={180}
        format={whole}
        lines={{
          times: points.map(({ at }) => at),
          lines: groups.map((group) => ({
            ...{ key: group, name: group },
            values: trailOf(points, group, 'lag'),
          })),
        }}
      />
    </Panel>
  )
}
