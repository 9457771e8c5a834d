import { Avatar } from '../../parts/base/avatar.tsx'
import { FailureNote } from '../../parts/base/failure-note.tsx'
import { useTitle } from '../../parts/base/use-title.ts'
import { CardBones } from '../../parts/card/card-bones.tsx'
import { FilmGrid } from '../../parts/card/film-grid.tsx'
import type { Person } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { useAnswer } from '../../state/ask/use-answer.ts'
import { ModelChoice } from './model-choice.tsx'
import { Numbers } from './numbers.tsx'
import { Past } from './past.tsx'
import { TasteChart } from './taste-chart.tsx'

const historyCount = 60
const recommendedCount = 24

interface UserScreenProps {
  readonly id: string
  /** Which model ranks what is recommended; empty for the one in force. */
  readonly model: string
}

/** A user: what they did, what that says of them, what is recommended to them. */
export function UserScreen({ id, model }: UserScreenProps) {
  const { client, people, items, deeds, visitor } = useApp()
  const isMe = visitor.user.value === id
  const name = isMe ? 'You' : `User ${id}`
  const asked = useAnswer(people, `${id} ${model}`, async (signal) => {
    const wanted = { id, history: historyCount, recommended: recommendedCount }
    const person = await client.userOverview(
      { ...wanted, ...(model !== '' && { model }) },
      { signal },
    )
    items.add(person.history.flatMap(({ view }) => view ?? []))
    const { recommended } = person
    if (recommended) items.learn(recommended.items, recommended.requestId)
    if (isMe) deeds.learn(person.history)
    return person
  })
  const person = asked.answer
  useTitle(name)
  return (
    <div class="screen user">
      <header class="user-head">
        <Avatar id={id} />
        <div>
          <h1>{name}</h1>
          <p class="hint">{isMe ? 'What the site has learned of you' : 'What is known of them'}</p>
        </div>
        <Numbers statistics={person?.statistics} />
      </header>
      {asked.failure !== undefined && <FailureNote failure={asked.failure} onRetry={asked.retry} />}
      <TasteChart tastes={person?.statistics.tastes} />
      <Recommended person={person} id={id} model={model} isMe={isMe} />
      <Past history={person?.history} />
    </div>
  )
}

interface RecommendedProps extends UserScreenProps {
  readonly person: Person | undefined
  readonly isMe: boolean
}

function Recommended({ person, id, model, isMe }: RecommendedProps) {
  const page = person?.recommended
  return (
    <section class="section" aria-labelledby="recommended-title">
      <div class="section-head">
        <h2 id="recommended-title">Recommended for {isMe ? 'you' : 'them'}</h2>
        <ModelChoice id={id} model={model} />
      </div>
      {person === undefined ? (
        <ul class="grid" aria-hidden="true">
          <CardBones count={12} lines={1} />
        </ul>
      ) : page === undefined || page.items.length === 0 ? (
        <p class="hint">There is nothing left to recommend.</p>
      ) : (
        <FilmGrid entries={page.items} requestId={page.requestId} />
      )}
    </section>
  )
}
