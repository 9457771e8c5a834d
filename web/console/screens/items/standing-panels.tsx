import { Columns } from '../../chart/columns.tsx'
import { Meter } from '../../parts/meter.tsx'
import { Answered, Panel } from '../../parts/panel.tsx'
import { SetScore } from '../../parts/set-score.tsx'
import { TableRoom } from '../../parts/table-room.tsx'
import { paths } from '../../route/place.ts'
import type { Standing } from '../../state/api.ts'
import { useConsole } from '../../state/console.ts'
import { useLive } from '../../state/use-live.ts'
import { span, whole } from '../../words/units.ts'

/** What happened to an item lately, and which sets hold it. */
export function StandingPanels({ id }: { readonly id: string }) {
  const { client } = useConsole()
  const asked = useLive(
    `standing ${id}`,
    (signal) => client.itemStanding({ id }, { signal }),
    4_000,
  )
  const known = useLive('sets', (signal) => client.listSets({}, { signal }))
  const kindOf = (name: string) => known.answer?.sets.find((set) => set.name === name)?.kind
  return (
    <div class="two">
      <Panel id="windows" title="Lately" note="what people did with it, by window of time">
        <Answered asked={asked} room={14}>
          {(standing) => <Windows standing={standing} />}
        </Answered>
      </Panel>
      <Panel id="sets" title="Sets that hold it" note="from which recall can take it">
        <Answered
          asked={asked}
          room={14}
          isEmpty={({ sets }) => sets.length === 0}
          empty="No set holds it: only sources that know a user can bring it."
        >
          {({ sets }) => (
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">set</th>
                  <th scope="col">channel</th>
                  <th scope="col" class="number">
                    place
                  </th>
                  <th scope="col" class="number">
                    score
                  </th>
                </tr>
              </thead>
              <tbody>
                {sets.map(({ name, channel, rank, score }) => (
                  <tr key={`${name} ${channel}`}>
                    <th scope="row">
                      <a href={paths.set(name, channel)}>{name}</a>
                    </th>
                    <td>{channel === '' ? 'all' : channel}</td>
                    <td class="number">{whole(rank + 1)}</td>
                    <td class="number">
                      <SetScore kind={kindOf(name)} score={score} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Answered>
      </Panel>
    </div>
  )
}

const hourMs = 3_600_000

function Windows({ standing: { windows, hourly } }: { readonly standing: Standing }) {
  const named = windows.flatMap(({ counts }) => Object.entries(counts))
  const actions = [...new Set(named.flatMap(([action, count]) => (count > 0 ? [action] : [])))]
  const most = new Map(
    actions.map((action) => [
      action,
      Math.max(1, ...windows.map(({ counts }) => counts[action] ?? 0)),
    ]),
  )
  return (
    <>
      {hourly.length > 0 && (
        <>
          <h3>Likes per hour</h3>
          <Columns
            title="Likes per hour of the last day"
            values={hourly}
            ends={[`${hourly.length} hours ago`, 'now']}
            format={whole}
          />
        </>
      )}
      {actions.length === 0 ? (
        <p class="empty">Nobody did anything with it in these windows.</p>
      ) : (
        <TableRoom label="Counts by window">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">last</th>
                {actions.map((action) => (
                  <th key={action} scope="col" class="number">
                    {action}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {windows.map(({ hours, counts }) => (
                <tr key={hours}>
                  <th scope="row">{span(hours * hourMs)}</th>
                  {actions.map((action) => (
                    <td key={action} class="number">
                      <Meter share={(counts[action] ?? 0) / (most.get(action) ?? 1)}>
                        {whole(counts[action] ?? 0)}
                      </Meter>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </TableRoom>
      )}
    </>
  )
}
