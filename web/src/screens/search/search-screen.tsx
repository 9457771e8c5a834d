import { FailureNote } from '../../parts/base/failure-note.tsx'
import { useTitle } from '../../parts/base/use-title.ts'
import { CardBones } from '../../parts/card/card-bones.tsx'
import { FilmCard } from '../../parts/card/film-card.tsx'
import { genresPath } from '../../route/path.ts'
import type { Found } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { useAnswer } from '../../state/ask/use-answer.ts'
import type { Demo } from '../../state/demo.ts'
import { counted } from '../../words/numbers.ts'

const size = 48

/** All that was found for words; the box above is where they are typed. */
export function SearchScreen({ text }: { readonly text: string }) {
  useTitle(text === '' ? 'Search' : `“${text}”`)
  return (
    <div class="screen">
      <h1>{text === '' ? 'Search' : `“${text}”`}</h1>
      {text === '' ? (
        <p class="hint">Type a title, a genre or a keyword into the box above.</p>
      ) : (
        <Hits key={text} text={text} />
      )}
    </div>
  )
}

function Hits({ text }: { readonly text: string }) {
  const { client, finds, items, demo } = useApp()
  const asked = useAnswer(finds, text, async (signal) => {
    const found = await client.search({ q: text, size }, { signal })
    items.add(found.items.map(({ item }) => item))
    return found
  })
  const found = asked.answer
  return (
    <>
      <p class="hint found" role="status">
        {found === undefined ? '\u00a0' : foundWords(found, demo)}
      </p>
      {asked.failure !== undefined && <FailureNote failure={asked.failure} onRetry={asked.retry} />}
      <ul class="grid">
        {found === undefined && asked.failure === undefined ? (
          <CardBones count={12} lines={1} />
        ) : (
          found?.items.map(({ item }) => (
            <FilmCard key={item.id} target={item}>
              <p class="card-line card-genres">
                {items.face(item.id).genres.slice(0, 3).join(', ')}
              </p>
            </FilmCard>
          ))
        )}
      </ul>
      {found?.items.length === 0 && (
        <p class="found-none">
          Try fewer words, or look through <a href={genresPath}>the genres</a>.
        </p>
      )}
    </>
  )
}

function foundWords({ total, items }: Found, { thing, things }: Demo): string {
  if (total === 0) return `No ${thing} has these words`
  const all = counted(total, thing, things)
  return total > items.length ? `The best ${items.length} of ${all}` : all
}
