import { faceOf } from '../../items/face.ts'
import { FailureNote } from '../../parts/base/failure-note.tsx'
import { useTitle } from '../../parts/base/use-title.ts'
import { CardBones } from '../../parts/card/card-bones.tsx'
import { FilmGrid } from '../../parts/card/film-grid.tsx'
import type { Film } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { useAnswer } from '../../state/ask/use-answer.ts'
import { Audience } from './audience.tsx'
import { FilmHead } from './film-head.tsx'
import { Record } from './record.tsx'

const similarCount = 12
const audienceCount = 8

/** A film: what it is, what people think of it, what goes with it. One question to the server. */
export function FilmScreen({ id }: { readonly id: string }) {
  const { client, films, items, deeds, visitor, demo } = useApp()
  const user = visitor.user.value
  const asked = useAnswer(films, `${id} ${user}`, async (signal) => {
    const wanted = { id, similar: similarCount, audience: audienceCount }
    const film = await client.itemOverview(
      { ...wanted, ...(user !== undefined && { user }) },
      { signal },
    )
    items.add([film.item])
    if (film.similar) items.learn(film.similar.items, film.similar.requestId)
    deeds.learn(film.yours)
    return film
  })
  const film = asked.answer
  const view = film?.item ?? items.view(id)
  const face = faceOf(id, view)
  useTitle(view === undefined ? undefined : face.title)
  if (asked.failure !== undefined && film === undefined) {
    return (
      <div class="screen">
        <h1>
          {asked.failure.code === 'not_found' ? `This ${demo.thing} is not here` : face.title}
        </h1>
        <FailureNote failure={asked.failure} onRetry={asked.retry} />
      </div>
    )
  }
  return (
    <article class="film">
      <FilmHead face={face} view={view} film={film} />
      <div class="screen">
        <Beside film={film} title={face.title} />
        <div class="film-more">
          <Audience film={film} />
          {view !== undefined && <Record item={view} />}
        </div>
      </div>
    </article>
  )
}

interface BesideProps {
  readonly film: Film | undefined
  readonly title: string
}

function Beside({ film, title }: BesideProps) {
  const page = film?.similar
  return (
    <section class="section" aria-labelledby="similar-title">
      <h2 id="similar-title">
        Goes with it<span class="unseen">, {title}</span>
      </h2>
      {film === undefined ? (
        <ul class="grid" aria-hidden="true">
          <CardBones count={similarCount} lines={1} />
        </ul>
      ) : page === undefined || page.items.length === 0 ? (
        <p class="hint">Nothing is known to go with it yet.</p>
      ) : (
        <FilmGrid entries={page.items} requestId={page.requestId} />
      )}
    </section>
  )
}
