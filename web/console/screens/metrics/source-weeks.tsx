import { Meter } from '../../parts/meter.tsx'
import { Answered, Panel } from '../../parts/panel.tsx'
import { useConsole } from '../../state/console.ts'
import { useLive } from '../../state/use-live.ts'
import { dayOf, share, whole } from '../../words/units.ts'

/** Which sources brought what was acted on, week by week: whom to change. */
export function SourceWeeks() {
  const { client } = useConsole()
  const asked = useLive(
    'source report',
    (signal) => client.sourceReport({ weeks: 4 }, { signal }),
    60_000,
  )
  return (
    <Panel id="sources" title="Sources by week" note="share of all that was acted on">
      <Answered
        asked={asked}
        room={10}
        isEmpty={({ weeks }) => weeks.every(({ sources }) => sources.length === 0)}
        empty="No week has a page with sources yet."
      >
        {({ weeks }) => (
          <div class="weeks">
            {weeks
              .filter(({ sources }) => sources.length > 0)
              .map(({ from, sources, weakest }) => (
                <table key={from} class="table">
                  <caption>
                    Week of {dayOf(Date.parse(from))}
                    {weakest !== undefined && (
                      <>
                        : the one to change is <strong>{weakest}</strong>
                      </>
                    )}
                  </caption>
                  <thead>
                    <tr>
                      <th scope="col">source</th>
                      <th scope="col" class="number">
                        seen
                      </th>
                      <th scope="col" class="number">
                        acted on
                      </th>
                      <th scope="col" class="number">
                        rate
                      </th>
                      <th scope="col" class="number">
                        share
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {sources.map(({ source, impressions, successes, rate, shareOfSuccess }) => (
                      <tr key={source}>
                        <th scope="row">{source}</th>
                        <td class="number">{whole(impressions)}</td>
                        <td class="number">{whole(successes)}</td>
                        <td class="number">{share(rate)}</td>
                        <td class="number">
                          <Meter share={shareOfSuccess}>{share(shareOfSuccess)}</Meter>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              ))}
          </div>
        )}
      </Answered>
    </Panel>
  )
}
