import { Ago } from '../../parts/ago.tsx'
import { Meter } from '../../parts/meter.tsx'
import { Answered, Panel } from '../../parts/panel.tsx'
import { TableRoom } from '../../parts/table-room.tsx'
import type { Job } from '../../state/api.ts'
import { useConsole } from '../../state/console.ts'
import { useLive } from '../../state/use-live.ts'
import { inUnit } from '../../words/units.ts'

const badges: Readonly<Record<Job['status'], string>> = {
  ...{ queued: 'quiet', running: 'busy', done: 'good', failed: 'bad', cancelled: 'warn' },
}

/** What is being learned and was, how far it is, and how late the server's thread was meanwhile. */
export function JobsPanel() {
  const { client } = useConsole()
  const asked = useLive('jobs', (signal) => client.listJobs({ size: 20 }, { signal }), 2_000)
  return (
    <Panel id="jobs" title="Jobs" note="Delay: how late the thread that answers was, in ms.">
      <Answered
        asked={asked}
        room={10}
        isEmpty={({ jobs }) => jobs.length === 0}
        empty="Nothing was learned yet; “starling jobs start ranker” asks for it."
      >
        {({ jobs }) => (
          <TableRoom label="Training jobs">
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">job</th>
                  <th scope="col">kind</th>
                  <th scope="col">stands</th>
                  <th scope="col">asked</th>
                  <th scope="col">by</th>
                  <th scope="col" class="number">
                    delay p50
                  </th>
                  <th scope="col" class="number">
                    p99
                  </th>
                  <th scope="col" class="number">
                    most
                  </th>
                  <th scope="col">what it came to</th>
                </tr>
              </thead>
              <tbody>
                {jobs.map((job) => (
                  <Row key={job.id} job={job} />
                ))}
              </tbody>
            </table>
          </TableRoom>
        )}
      </Answered>
    </Panel>
  )
}

function Row({ job }: { readonly job: Job }) {
  const { id, kind, status, askedAt, by, delay, result, trouble, trials = [], search } = job
  const tried = search ? ` ${trials.length} of ${search.trials} trials.` : ''
  return (
    <tr>
      <th scope="row">{id}</th>
      <td>{kind}</td>
      <td>
        <span class={`badge badge-${badges[status]}`}>{status}</span>
        {job.progress && (
          <Meter share={job.progress.share}>
            {job.progress.step} {Math.round(job.progress.share * 100)} %
          </Meter>
        )}
      </td>
      <td>
        <Ago at={askedAt} />
      </td>
      <td>{by}</td>
      <td class="number">{inUnit(delay?.p50Ms, 'number')}</td>
      <td class="number">{inUnit(delay?.p99Ms, 'number')}</td>
      <td class="number">{inUnit(delay?.maxMs, 'number')}</td>
      <td class="note-cell">
        {result?.reason ?? trouble}
        {tried}
      </td>
    </tr>
  )
}
