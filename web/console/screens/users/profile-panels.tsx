import type { ComponentChildren } from 'preact'
import { Ago } from '../../parts/ago.tsx'
import { Answered, Panel } from '../../parts/panel.tsx'
import type { Profile } from '../../state/api.ts'
import { useConsole } from '../../state/console.ts'
import { useLive } from '../../state/use-live.ts'
import { absent, whole } from '../../words/units.ts'
import { Interests } from './interests.tsx'

const everyMs = 4_000

/** What a user cares for, in the long run beside now, and the deeds that tell. */
export function ProfilePanels({ id }: { readonly id: string }) {
  const { client } = useConsole()
  const asked = useLive(
    `profile ${id}`,
    (signal) => client.userProfile({ id, size: 16 }, { signal }),
    everyMs,
  )
  const { answer } = asked
  const version = answer === undefined ? undefined : `version ${whole(answer.version)}`
  return (
    <>
      <Panel id="figures" title="In figures" note={version}>
        <Answered asked={asked} room={7.5}>
          {(profile) => <Figures profile={profile} />}
        </Answered>
      </Panel>
      <div class="two">
        <Panel id="long" title="In the long run" note="what lasts, and why">
          <Answered asked={asked} room={10}>
            {({ longTerm }) => <Interests interests={longTerm} other={answer?.shortTerm ?? []} />}
          </Answered>
        </Panel>
        <Panel id="short" title="Now" note="what the session is about">
          <Answered asked={asked} room={10}>
            {({ shortTerm, session }) => (
              <>
                {session !== undefined && (
                  <p class="hint">
                    {whole(session.actions)} deeds since <Ago at={session.startedAt} />; last{' '}
                    <Ago at={session.lastAt} />
                  </p>
                )}
                <Interests interests={shortTerm} other={answer?.longTerm ?? []} />
              </>
            )}
          </Answered>
        </Panel>
      </div>
      <Panel id="embeddings" title="As the models see them">
        <Answered
          asked={asked}
          room={3}
          isEmpty={({ embeddings }) => embeddings.length === 0}
          empty="No model has learned of them yet."
        >
          {(profile) => <Embeddings profile={profile} />}
        </Answered>
      </Panel>
    </>
  )
}

function Figures({ profile: { statistics, updatedAt } }: { readonly profile: Profile }) {
  const { actions, activeDays, sessions, firstAt, lastAt, ratings, ratingMean } = statistics
  const deeds = Object.entries(actions).sort(([, one], [, other]) => other - one)
  const figures: readonly (readonly [string, ComponentChildren])[] = [
    ['Active days', whole(activeDays)],
    ['Sessions', whole(sessions)],
    ['Ratings', whole(ratings)],
    ['Mean rating', ratingMean === undefined ? absent : ratingMean.toFixed(2)],
    ['First deed', firstAt === undefined ? absent : <Ago at={firstAt} />],
    ['Last deed', lastAt === undefined ? absent : <Ago at={lastAt} />],
    ['Changed', updatedAt === undefined ? absent : <Ago at={updatedAt} />],
  ]
  return (
    <>
      <dl class="figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ul class="tags" aria-label="Deeds">
        {deeds.map(([action, count]) => (
          <li key={action}>
            {action} <b>{whole(count)}</b>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Vectors of models, as stripes: the sign in two colours, the size in strength. */
function Embeddings({ profile: { embeddings } }: { readonly profile: Profile }) {
  return (
    <>
      {embeddings.map(({ model, values }) => {
        const most = Math.max(...values.map(Math.abs), Number.MIN_VALUE)
        return (
          <div key={model} class="embedding">
            <span class="hint">
              {model}, {values.length} numbers
            </span>
            <svg
              viewBox={`0 0 ${values.length} 1`}
              preserveAspectRatio="none"
              role="img"
              aria-label={`${model}: ${values.length} numbers up to ${most.toPrecision(3)}`}
            >
              {values.map((value, place) => (
                <rect
                  key={place}
                  x={place}
                  width="1.02"
                  height="1"
                  class={value < 0 ? 'below' : 'above'}
                  opacity={Math.abs(value) / most}
                />
              ))}
            </svg>
          </div>
        )
      })}
    </>
  )
}
