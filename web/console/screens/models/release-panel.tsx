import { Ago } from '../../parts/ago.tsx'
import { Answered, Panel } from '../../parts/panel.tsx'
import { TableRoom } from '../../parts/table-room.tsx'
import type { Release } from '../../state/api.ts'
import { useConsole } from '../../state/console.ts'
import { useLive } from '../../state/use-live.ts'

/** What is tried beside the ranker in force, and who did what about its versions, when and why. */
export function ReleasePanel({ model }: { readonly model: string }) {
  const { client } = useConsole()
  const asked = useLive(
    `release ${model}`,
    (signal) => client.modelHistory({ name: model }, { signal }),
    5_000,
  )
  return (
    <Panel id={`release-${model}`} title={`How ${model} came to serve`}>
      <Answered
        asked={asked}
        room={8}
        isEmpty={({ steps }) => steps.length === 0}
        empty="Nothing was done about its versions yet."
      >
        {(release) => (
          <>
            <Trial release={release} />
            <TableRoom label={`Steps of ${model}`}>
              <table class="table">
                <thead>
                  <tr>
                    <th scope="col">when</th>
                    <th scope="col">version</th>
                    <th scope="col">step</th>
                    <th scope="col">by</th>
                    <th scope="col">why</th>
                  </tr>
                </thead>
                <tbody>
                  {release.steps.slice(0, 30).map(({ at, version, step, by, why }, index) => (
                    <tr key={`${at} ${index}`}>
                      <td>
                        <Ago at={at} />
                      </td>
                      <th scope="row">{version === 0 ? '' : version}</th>
                      <td>{step}</td>
                      <td>{by}</td>
                      <td class="note-cell">{why}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </TableRoom>
          </>
        )}
      </Answered>
    </Panel>
  )
}

function Trial({ release: { trial, canary, shadow } }: { readonly release: Release }) {
  if (trial === undefined) return null
  const percent = Math.round(trial.share * 100)
  const of = trial.phase === 'canary' ? 'users' : 'requests'
  return (
    <p class="hint">
      Version {trial.version}: {trial.phase} on {percent} % of {of}.{' '}
      {canary &&
        `${canary.rate.toFixed(4)} against ${canary.controlRate.toFixed(4)}, difference ` +
          `${canary.low.toFixed(4)} to ${canary.high.toFixed(4)}: ${canary.stands}.`}
      {shadow &&
        Object.entries(shadow)
          .map(([name, value]) => `${name} ${Number(value.toFixed(4))}`)
          .join(', ')}
    </p>
  )
}
