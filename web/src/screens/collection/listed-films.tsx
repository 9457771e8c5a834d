import { StarIcon } from '../../parts/base/icons.tsx'
import { FilmCard } from '../../parts/card/film-card.tsx'
import type { Listed } from '../../state/api.ts'
import { counted } from '../../words/numbers.ts'

/** Films of the catalogue, each with what people gave it. */
export function ListedFilms({ listed }: { readonly listed: readonly Listed[] }) {
  return (
    <ul class="grid">
      {listed.map(({ item, ratings, average }) => (
        <FilmCard key={item.id} target={item}>
          <p class="card-line hint">
            {average === undefined ? (
              'not rated yet'
            ) : (
              <>
                <StarIcon filled={1} /> {average.toFixed(1)} · {counted(ratings, 'rating')}
              </>
            )}
          </p>
        </FilmCard>
      ))}
    </ul>
  )
}
