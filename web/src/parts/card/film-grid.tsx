import type { PageItem } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { FilmCard } from './film-card.tsx'

interface FilmGridProps {
  readonly entries: readonly PageItem[]
  /** The page that they are on. */
  readonly requestId: string
}

/** Films that the server chose, each with its genres. */
export function FilmGrid({ entries, requestId }: FilmGridProps) {
  const { items } = useApp()
  return (
    <ul class="grid">
      {entries.map((entry) => (
        <FilmCard key={entry.id} target={entry} requestId={requestId} isNew>
          <p class="card-line card-genres">
            {items.face(entry.id).genres.slice(0, 3).join(', ') || '\u00a0'}
          </p>
        </FilmCard>
      ))}
    </ul>
  )
}
