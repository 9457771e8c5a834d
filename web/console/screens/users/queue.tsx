import { Ago } from '../../parts/ago.tsx'
import { Answered, Panel } from '../../parts/panel.tsx'
import { TableRoom } from '../../parts/table-room.tsx'
import { paths } from '../../route/place.ts'
import { useConsole } from '../../state/console.ts'
import { useLive } from '../../state/use-live.ts'
import { whole } from '../../words/units.ts'

interface QueueProps {
  readonly id: string
  readonly scene: string
}

const usualScene = 'home'

/** What waits to be shown to a user, and who put it there. */
export function Queue({ id, scene }: QueueProps) {
  const { client, router } = useConsole()
  const chosen = scene === '' ? usualScene : scene
  const scenes = useLive('scenes', (signal) => client.listScenes({}, { signal }))
  const asked = useLive(
    `queue ${id} ${chosen}`,
    (signal) => client.userQueue({ id, scene: chosen }, { signal }),
    4_000,
  )
  const names = scenes.answer?.scenes.map(({ name }) => name) ?? [chosen]
  return (
    <Panel
      id="queue"
      title="Waiting"
      note="best first"
      tools={
        <select
          class="tool-button"
          aria-label="Scene"
          value={chosen}
          onChange={(event) => router.replace(paths.user(id, event.currentTarget.value))}
        >
          {[...new Set([...names, chosen])].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      }
    >
      <Answered asked={asked} room={12}>
        {({ entries, lastBatch, lastAt, offeredAt }) => (
          <>
            <p class="hint">
              {whole(entries.length)} waiting, page {whole(lastBatch)}
              {lastAt !== undefined && (
                <>
                  {' '}
                  shown <Ago at={lastAt} />
                </>
              )}
              {offeredAt !== undefined && (
                <>
                  , put in <Ago at={offeredAt} />
                </>
              )}
            </p>
            <Writers writers={entries.map(({ writer }) => writer)} />
            {entries.length === 0 ? (
              <p class="empty">Nothing waits in this scene.</p>
            ) : (
              <TableRoom label="Entries waiting" isLow>
                <table class="table">
                  <thead>
                    <tr>
                      <th scope="col">item</th>
                      <th scope="col">by</th>
                      <th scope="col">sources</th>
                      <th scope="col" class="number">
                        score
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {entries.map(({ item, writer, sources, score, model }) => (
                      <tr key={item}>
                        <th scope="row">
                          <a href={paths.item(item)}>{item}</a>
                        </th>
                        <td title={model}>{writer}</td>
                        <td>{sources.join(', ')}</td>
                        <td class="number">{score.toPrecision(3)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </TableRoom>
            )}
          </>
        )}
      </Answered>
    </Panel>
  )
}

function Writers({ writers }: { readonly writers: readonly string[] }) {
  const counts = new Map<string, number>()
  for (const writer of writers) counts.set(writer, (counts.get(writer) ?? 0) + 1)
  return (
    <ul class="tags" aria-label="Writers">
      {[...counts].map(([writer, count]) => (
        <li key={writer}>
          {writer} <b>{whole(count)}</b>
        </li>
      ))}
    </ul>
  )
}
