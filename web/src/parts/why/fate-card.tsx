import { Cover } from '../../covers/cover.tsx'
import { whyPath } from '../../route/path.ts'
import type { Fate } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { fateWords } from '../../why/fate-words.ts'

/** What became of one item. */
export function FateCard({ fate }: { readonly fate: Fate }) {
  const { id, outcome, title = id, reason, page } = fate
  const { items, demo } = useApp()
  const face = items.face(id)
  return (
    <div class={`fate fate-${outcome}`}>
      {outcome !== 'unknown' && (
        <span class="fate-cover">
          <Cover face={face} untitled />
        </span>
      )}
      <div>
        <h3>
          {outcome === 'unknown' ? (
            id
          ) : (
            <a href={demo.pathOf(id)}>{face.title === id ? title : face.title}</a>
          )}
        </h3>
        <p class="why-sentence">{fateWords(fate)}</p>
        {reason !== undefined && <p class="hint">{reason}</p>}
        {page !== undefined && (
          <a class="quiet" href={whyPath(page.requestId, id)}>
            The page that showed it
          </a>
        )}
      </div>
    </div>
  )
}
