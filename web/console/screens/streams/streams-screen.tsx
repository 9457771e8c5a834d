import { Sparkline } from '../../chart/sparkline.tsx'
import { Ago } from '../../parts/ago.tsx'
import { Answered, Panel } from '../../parts/panel.tsx'
import { useTitle } from '../../parts/use-title.ts'
import type { Stream } from '../../state/api.ts'
import { useConsole } from '../../state/console.ts'
import { type TrailPoint, trailOf } from '../../state/trail.ts'
import { useLive } from '../../state/use-live.ts'
import { absent, inUnit, span, whole } from '../../words/units.ts'
import { Grants } from './grants.tsx'

const everyMs = 2_000

/** Who follows the log, how far they are and how fast; and who may put how much into the queues. */
export function StreamsScreen() {
  useTitle('Streams')
  const { client, trail } = useConsole()
  const asked = useLive(
    'streams',
    async (signal) => {
      const answer = await client.listStreams({}, { signal })
      trail.add(Date.now(), answer.streams)
      return answer
    },
    everyMs,
  )
  return (
    <div class="screen streams">
      <div class="screen-head">
        <h1>Streams</h1>
        <p class="hint">Everything that follows the log, each with its own checkpoint.</p>
      </div>
      {asked.answer === undefined && asked.failure === undefined && <StreamBones />}
      <Answered
        asked={asked}
        room={0}
        isEmpty={({ streams }) => streams.length === 0}
        empty="Nothing follows the log."
      >
        {({ streams }) => (
          <div class="charts">
            {streams.map((stream) => (
              <StreamPanel key={stream.group} stream={stream} points={trail.points.value} />
            ))}
          </div>
        )}
      </Answered>
      <Grants />
    </div>
  )
}

/** Room for the streams that every server has. */
function StreamBones() {
  return (
    <div class="charts" aria-hidden="true">
      {['state', 'lake', 'nearline'].map((group) => (
        <div key={group} class="panel stream-room">
          <span class="bone" />
        </div>
      ))}
    </div>
  )
}

interface StreamPanelProps {
  readonly stream: Stream
  readonly points: readonly TrailPoint[]
}

function StreamPanel({ stream, points }: StreamPanelProps) {
  const { group, description, checkpoint, checkpointAt, position, head, lag, lagMs } = stream
  const { eventsPerSecond, held, failure, members } = stream
  const state = failure !== undefined ? 'bad' : held ? 'warn' : lag > 0 ? 'busy' : 'good'
  const words = { bad: 'stopped', warn: 'held', busy: 'catching up', good: 'up to date' }[state]
  return (
    <Panel
      id={`stream-${group}`}
      title={group}
      note={description}
      tools={<span class={`badge badge-${state}`}>{words}</span>}
    >
      {failure !== undefined && (
        <p class="trouble trouble-bad">
          <strong>It cannot go on</strong> <span>{failure}</span>
        </p>
      )}
      <div class="stream-figures">
        <div>
          <span class="hint">Lag</span>
          <b>{lag === 0 ? 'none' : `${whole(lag)} events`}</b>
          <span class="hint">{lag > 0 && `the next is ${span(lagMs)} old`}</span>
          <Sparkline values={trailOf(points, group, 'lag')} />
        </div>
        <div>
          <span class="hint">Throughput</span>
          <b>{inUnit(eventsPerSecond < 0.05 ? 0 : eventsPerSecond, 'number')} /s</b>
          <span class="hint">events</span>
          <Sparkline values={trailOf(points, group, 'eventsPerSecond')} />
        </div>
      </div>
      <Offsets checkpoint={checkpoint} position={position} head={head} />
      <p class="hint">
        Checkpoint {checkpoint.toLocaleString('en')}
        {checkpointAt === undefined ? (
          ''
        ) : (
          <>
            , made <Ago at={checkpointAt} />
          </>
        )}
        ; next {position.toLocaleString('en')} of {head.toLocaleString('en')}
      </p>
      {members.length > 0 && (
        <table class="table">
          <thead>
            <tr>
              <th scope="col">member</th>
              <th scope="col">partitions</th>
              <th scope="col" class="number">
                next
              </th>
              <th scope="col" class="number">
                lag
              </th>
            </tr>
          </thead>
          <tbody>
            {members.map(({ member, partitions, position: next, lag: behind }) => (
              <tr key={member}>
                <th scope="row">{member}</th>
                <td>{partitions.length === 0 ? absent : partitions.join(', ')}</td>
                <td class="number">{next.toLocaleString('en')}</td>
                <td class="number">{whole(behind)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

interface OffsetsProps {
  readonly checkpoint: number
  readonly position: number
  readonly head: number
}

/** How much of the log is durable in what a stream writes, taken, and still to come. */
function Offsets({ checkpoint, position, head }: OffsetsProps) {
  const of = (offset: number): number => (head === 0 ? 100 : (offset / head) * 100)
  const taken = Math.max(0, of(position) - of(checkpoint))
  return (
    <svg
      class="offsets"
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      role="img"
      aria-label={`${of(checkpoint).toFixed(1)} % durable, ${of(position).toFixed(1)} % taken`}
    >
      <rect class="offsets-durable" width={of(checkpoint)} height="4" />
      <rect class="offsets-taken" x={of(checkpoint)} width={taken} height="4" />
    </svg>
  )
}
