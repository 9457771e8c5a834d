import { Ago } from '../../parts/ago.tsx'
import { Answered, Panel } from '../../parts/panel.tsx'
import { TableRoom } from '../../parts/table-room.tsx'
import { sitePaths } from '../../route/place.ts'
import { useConsole } from '../../state/console.ts'
import { useLive } from '../../state/use-live.ts'
import { whole } from '../../words/units.ts'

/** The pages a user was shown; each leads to why it is as it is. */
export function Pages({ id }: { readonly id: string }) {
  const { client } = useConsole()
  const asked = useLive(
    `pages ${id}`,
    (signal) => client.userPages({ id, size: 30 }, { signal }),
    4_000,
  )
  return (
    <Panel id="pages" title="Shown" note="the newest 30 pages">
      <Answered
        asked={asked}
        room={12}
        isEmpty={({ pages }) => pages.length === 0}
        empty="This user was shown nothing yet."
      >
        {({ pages }) => (
          <TableRoom label="Pages shown" isLow>
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">scene</th>
                  <th scope="col" class="number">
                    page
                  </th>
                  <th scope="col">when</th>
                  <th scope="col">came</th>
                  <th scope="col" class="number">
                    items
                  </th>
                  <th scope="col">
                    <span class="unseen">Why</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {pages.map(
                  ({ requestId, scene, channel, batchId, servedAt, delivery, itemCount }) => (
                    <tr key={requestId}>
                      <th scope="row">
                        {scene}
                        {channel !== '' && ` · ${channel}`}
                      </th>
                      <td class="number">{whole(batchId)}</td>
                      <td>
                        <Ago at={servedAt} />
                      </td>
                      <td>{delivery}</td>
                      <td class="number">{whole(itemCount)}</td>
                      <td>
                        <a rel="external" href={sitePaths.why(requestId)}>
                          why
                          <span class="unseen">
                            {' '}
                            page {batchId} of {scene}
                          </span>
                        </a>
                      </td>
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
