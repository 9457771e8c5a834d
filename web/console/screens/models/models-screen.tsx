import { Ago } from '../../parts/ago.tsx'
import { Answered, Panel } from '../../parts/panel.tsx'
import { TableRoom } from '../../parts/table-room.tsx'
import { useTitle } from '../../parts/use-title.ts'
import type { Model } from '../../state/api.ts'
import { useConsole } from '../../state/console.ts'
import { useLive } from '../../state/use-live.ts'
import { inUnit } from '../../words/units.ts'
import { JobsPanel } from './jobs-panel.tsx'
import { ReleasePanel } from './release-panel.tsx'

const badges: Readonly<Record<Model['status'], string>> = {
  ...{
    serving: 'good',
    ready: 'quiet',
    held: 'busy',
    training: 'busy',
    failed: 'bad',
    rejected: 'warn',
  },
}

/** What was learned, how good it is, and what serves. */
export function ModelsScreen() {
  useTitle('Models')
  const { client } = useConsole()
  const asked = useLive('models', (signal) => client.listModels({}, { signal }), 5_000)
  return (
    <div class="screen models">
      <div class="screen-head">
        <h1>Models</h1>
        <p class="hint">A new version serves if it is better than the one before.</p>
      </div>
      <JobsPanel />
      <Answered
        asked={asked}
        room={20}
        isEmpty={({ models }) => models.length === 0}
        empty="Nothing is learned yet: it begins when there are a thousand events."
      >
        {({ models }) =>
          [...new Set(models.map(({ name }) => name))].map((name) => (
            <>
              <Versions key={name} name={name} models={models.filter((one) => one.name === name)} />
              <ReleasePanel key={`release ${name}`} model={name} />
            </>
          ))
        }
      </Answered>
    </div>
  )
}

function Versions({ name, models }: { readonly name: string; readonly models: readonly Model[] }) {
  const figures = [...new Set(models.flatMap(({ metrics }) => Object.keys(metrics)))].filter(
    isShown,
  )
  return (
    <Panel id={`model-${name}`} title={name}>
      <TableRoom label={`Versions of ${name}`}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">version</th>
              <th scope="col">stands</th>
              <th scope="col">learned</th>
              {figures.map((figure) => (
                <th key={figure} scope="col" class="number">
                  {figure}
                </th>
              ))}
              <th scope="col">note</th>
            </tr>
          </thead>
          <tbody>
            {models.map(({ version, status, trainedAt, metrics, note }) => (
              <tr key={version}>
                <th scope="row">{version}</th>
                <td>
                  <span class={`badge badge-${badges[status]}`}>{status}</span>
                </td>
                <td>
                  <Ago at={trainedAt} />
                </td>
                {figures.map((figure) => (
                  <td key={figure} class="number">
                    {inUnit(metrics[figure], 'number')}
                  </td>
                ))}
                <td class="note-cell">{note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableRoom>
    </Panel>
  )
}

/** Bounds and leads are told in words beside the version: thirty columns tell nothing. */
function isShown(figure: string): boolean {
  return !/^lead over | (low|high)$/.test(figure)
}
