import { Ago } from '../../parts/ago.tsx'
import { LookUp } from '../../parts/look-up.tsx'
import { Meter } from '../../parts/meter.tsx'
import { Answered, Panel } from '../../parts/panel.tsx'
import { SetScore } from '../../parts/set-score.tsx'
import { useTitle } from '../../parts/use-title.ts'
import { paths } from '../../route/place.ts'
import type { CandidateSet } from '../../state/api.ts'
import { useConsole } from '../../state/console.ts'
import { useLive } from '../../state/use-live.ts'
import { span, whole } from '../../words/units.ts'

interface SetsScreenProps {
  /** Empty: none is opened. */
  readonly name: string
  readonly channel: string
}

/** The candidate sets that recall draws from, and what is in them. */
export function SetsScreen({ name, channel }: SetsScreenProps) {
  useTitle(name === '' ? 'Sets' : `Set ${name}`)
  const { client } = useConsole()
  const asked = useLive('sets', (signal) => client.listSets({}, { signal }), 5_000)
  return (
    <div class="screen sets">
      <div class="screen-head">
        <h1>Candidate sets</h1>
        <p class="hint">What recall draws from besides the models.</p>
      </div>
      <div class="side">
        <Panel id="all-sets" title="Sets">
          <Answered
            asked={asked}
            room={16}
            isEmpty={({ sets }) => sets.length === 0}
            empty="There are no sets; the parameter candidate-sets makes some."
          >
            {({ sets }) => (
              <ul class="entries">
                {sets.map((set) => (
                  <SetEntry key={set.name} set={set} isOpen={set.name === name} />
                ))}
              </ul>
            )}
          </Answered>
        </Panel>
        {name === '' ? (
          <div class="empty">Choose a set to see what is in it.</div>
        ) : (
          <Contents
            key={`${name} ${channel}`}
            name={name}
            channel={channel}
            set={asked.answer?.sets.find((set) => set.name === name)}
          />
        )}
      </div>
    </div>
  )
}

function SetEntry({ set, isOpen }: { readonly set: CandidateSet; readonly isOpen: boolean }) {
  const { name, kind, size, capacity } = set
  return (
    <li>
      <a class="entry" href={paths.set(name)} aria-current={isOpen ? 'true' : undefined}>
        <span class="entry-name">{name}</span>
        <span class="hint">{kind}</span>
        <Meter share={size / Math.max(1, capacity)}>{whole(size)}</Meter>
      </a>
    </li>
  )
}

interface ContentsProps extends SetsScreenProps {
  readonly set: CandidateSet | undefined
}

function Contents({ name, channel, set }: ContentsProps) {
  const { client, router } = useConsole()
  const asked = useLive(
    `set ${name} ${channel}`,
    (signal) => client.getSet({ name, size: 100, ...(channel !== '' && { channel }) }, { signal }),
    4_000,
  )
  return (
    <Panel
      id="contents"
      title={name}
      note={set?.description}
      tools={
        <LookUp
          label="Channel"
          value={channel}
          onLookUp={(wanted) => router.go(paths.set(name, wanted))}
        />
      }
    >
      {set !== undefined && (
        <p class="hint">
          {set.refreshMs === 0
            ? 'Kept up to date by every event'
            : `Made every ${span(set.refreshMs)}`}
          {set.refreshedAt !== undefined && (
            <>
              , last <Ago at={set.refreshedAt} />
            </>
          )}
          ; at most {whole(set.capacity)} in each channel.{' '}
          {Object.keys(set.settings).length > 0 && <code>{JSON.stringify(set.settings)}</code>}
        </p>
      )}
      {channel !== '' && (
        <p>
          Channel <b>{channel}</b>. <a href={paths.set(name)}>All channels</a>
        </p>
      )}
      <Answered
        asked={asked}
        room={20}
        isEmpty={({ items }) => items.length === 0}
        empty="Nothing is in it now."
      >
        {({ items }) => {
          const most = Math.max(...items.map(({ score }) => Math.abs(score)), Number.MIN_VALUE)
          return (
            <ol class="ranks">
              {items.map(({ id, title, score }, place) => (
                <li key={id}>
                  <span class="rank">{place + 1}</span>
                  <a href={paths.item(id)}>{title === '' ? id : title}</a>
                  <Meter share={set?.kind === 'newest' ? 0 : Math.abs(score) / most}>
                    <SetScore kind={set?.kind} score={score} />
                  </Meter>
                </li>
              ))}
            </ol>
          )
        }}
      </Answered>
    </Panel>
  )
}
