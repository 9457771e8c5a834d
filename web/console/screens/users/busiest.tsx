import { numberOf } from '../../chart/series.ts'
import { HowToFill } from '../../parts/how-to-fill.tsx'
import { Meter } from '../../parts/meter.tsx'
import { Answered, Panel } from '../../parts/panel.tsx'
import { paths } from '../../route/place.ts'
import { whole } from '../../words/units.ts'
import { useNumbers } from '../now/use-numbers.ts'

const dayMs = 86_400_000

/** Who did most in the last day: somebody to begin with. */
export function Busiest() {
  const asked = useNumbers('busiest', {
    ...{ measures: ['actions'], by: 'user', lastMs: dayMs, everyMs: 10_000, size: 24 },
  })
  return (
    <Panel id="busiest" title="Busiest" note="by deeds of the last day">
      <Answered
        asked={asked}
        room={20}
        isEmpty={({ answer }) => answer.rows.length === 0}
        empty={<HowToFill />}
      >
        {({ answer }) => {
          const most = Math.max(1, ...answer.rows.map(({ values }) => numberOf(values[0]) ?? 0))
          return (
            <ul class="rows">
              {answer.rows.map(({ slice: [user = ''], values }) => {
                const deeds = numberOf(values[0]) ?? 0
                return (
                  <li key={user}>
                    <a href={paths.user(user)}>{user}</a>
                    <Meter share={deeds / most}>{whole(deeds)}</Meter>
                  </li>
                )
              })}
            </ul>
          )
        }}
      </Answered>
    </Panel>
  )
}
