import type { StageView } from '../../state/api.ts'
import { capital } from '../../words/listing.ts'
import { count, duration } from '../../words/numbers.ts'

/** The stages of a run in numbers: what the picture shows, for reading and for those who listen. */
export function StepTable({ steps }: { readonly steps: readonly StageView[] }) {
  return (
    <details class="all-features">
      <summary>The same in numbers</summary>
      <div class="table-room">
        <table>
          <thead>
            <tr>
              <th scope="col">Stage</th>
              <th scope="col">Name</th>
              <th scope="col">Rows</th>
              <th scope="col">Dropped</th>
              <th scope="col">Time</th>
            </tr>
          </thead>
          <tbody>
            {steps.map(({ stage, name, rowCount, dropped, durationMs, failure }) => (
              <tr key={`${stage} ${name}`}>
                <td>{capital(stage)}</td>
                <th scope="row">
                  <code>{name}</code>
                  {failure !== undefined && <span class="step-failure"> {failure}</span>}
                </th>
                <td>{count(rowCount)}</td>
                <td>{count(dropped)}</td>
                <td>{duration(durationMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
