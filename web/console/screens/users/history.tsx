import { Answered, Panel } from '../../parts/panel.tsx'
import { paths } from '../../route/place.ts'
import type { PastAction } from '../../state/api.ts'
import { useConsole } from '../../state/console.ts'
import { useLive } from '../../state/use-live.ts'
import { faceOf } from '../../words/titles.ts'
import { dayOf, timeOfDay } from '../../words/units.ts'

const size = 80

/** What a user did, newest first, day by day. */
export function History({ id }: { readonly id: string }) {
  const { client } = useConsole()
  const asked = useLive(
    `history ${id}`,
    (signal) => client.userHistory({ id, size, items: true }, { signal }),
    4_000,
  )
  return (
    <Panel id="history" title="History" note={`the newest ${size} deeds`}>
      <Answered
        asked={asked}
        room={20}
        isEmpty={({ actions }) => actions.length === 0}
        empty="This user has done nothing yet."
      >
        {({ actions }) => (
          <div class="days">
            {daysOf(actions).map(([day, deeds]) => (
              <section key={day} aria-label={day}>
                <h3>{day}</h3>
                <ol class="deeds">
                  {deeds.map((deed) => (
                    <Deed key={`${deed.at} ${deed.item} ${deed.action}`} deed={deed} />
                  ))}
                </ol>
              </section>
            ))}
          </div>
        )}
      </Answered>
    </Panel>
  )
}

function Deed({ deed: { at, action, item, value, view } }: { readonly deed: PastAction }) {
  return (
    <li>
      <time dateTime={at}>{timeOfDay(Date.parse(at))}</time>
      <span class={`deed-kind deed-${action}`}>
        {action}
        {value !== undefined && ` ${Math.round(value * 100) / 100}`}
      </span>
      <a href={paths.item(item)}>{faceOf(view, item)}</a>
    </li>
  )
}

function daysOf(actions: readonly PastAction[]): readonly (readonly [string, PastAction[]])[] {
  const days = new Map<string, PastAction[]>()
  for (const deed of actions) {
    const day = dayOf(Date.parse(deed.at))
    days.set(day, [...(days.get(day) ?? []), deed])
  }
  return [...days]
}
