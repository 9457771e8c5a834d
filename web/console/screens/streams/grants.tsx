import { Ago } from '../../parts/ago.tsx'
import { Meter } from '../../parts/meter.tsx'
import { Answered, Panel } from '../../parts/panel.tsx'
import { TableRoom } from '../../parts/table-room.tsx'
import { useConsole } from '../../state/console.ts'
import { useLive } from '../../state/use-live.ts'
import { absent, share, whole } from '../../words/units.ts'

/** Which algorithms put how much into the queues, and what they were denied. */
export function Grants() {
  const { client } = useConsole()
  const asked = useLive('grants', (signal) => client.listGrants({}, { signal }), 3_000)
  return (
    <Panel id="grants" title="Grants" note="what algorithms may put into the queues">
      <Answered
        asked={asked}
        room={8}
        isEmpty={({ grants }) => grants.length === 0}
        empty="Nobody has asked to put anything into a queue yet."
      >
        {({ grants }) => (
          <TableRoom label="Grants">
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">writer</th>
                  <th scope="col">scene</th>
                  <th scope="col">segment</th>
                  <th scope="col" class="number">
                    asked
                  </th>
                  <th scope="col" class="number">
                    granted
                  </th>
                  <th scope="col">denied</th>
                  <th scope="col">last granted</th>
                </tr>
              </thead>
              <tbody>
                {grants.map(
                  ({ writer, scene, segment, asked: wanted, granted, denied, lastGrantedAt }) => (
                    <tr key={`${writer} ${scene} ${segment}`}>
                      <th scope="row">{writer}</th>
                      <td>{scene}</td>
                      <td>{segment === '' ? 'everyone' : segment}</td>
                      <td class="number">{whole(wanted)}</td>
                      <td class="number">
                        <Meter share={wanted === 0 ? 0 : granted / wanted}>
                          {whole(granted)} ({share(wanted === 0 ? 0 : granted / wanted)})
                        </Meter>
                      </td>
                      <td>
                        <ul class="tags">
                          {Object.entries(denied).map(([reason, count]) => (
                            <li key={reason}>
                              {reason} <b>{whole(count)}</b>
                            </li>
                          ))}
                        </ul>
                      </td>
                      <td>{lastGrantedAt === undefined ? absent : <Ago at={lastGrantedAt} />}</td>
                    </tr>
                  ),
                )}
              </tbody>
            </table>
          </TableRoom>
        )}
      </Answered>
    </Panel>
  )
}
