import { coverColours } from '../../covers/colours.ts'
import { each } from '../../covers/geometry.ts'
import { WideArt } from '../../covers/wide-art.tsx'
import { FailureNote } from '../../parts/base/failure-note.tsx'
import { useTitle } from '../../parts/base/use-title.ts'
import { collectionPath } from '../../route/path.ts'
import type { Facet } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { askGenres, genresKey } from '../../state/ask/genres.ts'
import { useAnswer } from '../../state/ask/use-answer.ts'
import { counted } from '../../words/numbers.ts'

/** All genres, with how many films each has. */
export function GenresScreen() {
  const { client, lists, demo } = useApp()
  const { answer, failure, retry } = useAnswer(lists, genresKey, askGenres(client))
  useTitle('Genres')
  return (
    <div class="screen">
      <header class="section-head">
        <div>
          <h1>Genres</h1>
          <p class="hint">
            {answer === undefined
              ? '\u00a0'
              : `${counted(answer.total, demo.thing, demo.things)} on the shelves`}
          </p>
        </div>
      </header>
      {failure !== undefined && <FailureNote failure={failure} onRetry={retry} />}
      <ul class="genres">
        {answer === undefined && failure === undefined
          ? each(18).map((n) => <li key={n} class="genre bone" />)
          : answer?.facets.map((facet) => <Genre key={facet.value} facet={facet} />)}
      </ul>
    </div>
  )
}

function Genre({ facet: { value, count } }: { readonly facet: Facet }) {
  const { thing, things } = useApp().demo
  const face = { id: value, title: value, genres: [value] }
  const { panel, ink } = coverColours(face)
  return (
    <li>
      <a class="genre" href={collectionPath('genres', value)}>
        <WideArt face={face} />
        <span class="genre-text" style={{ background: panel, color: ink }}>
          <strong>{value}</strong> <span>{counted(count, thing, things)}</span>
        </span>
      </a>
    </li>
  )
}
