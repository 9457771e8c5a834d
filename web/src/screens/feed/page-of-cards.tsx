import { WhyIcon } from '../../parts/base/icons.tsx'
import { FilmCard } from '../../parts/card/film-card.tsx'
import { whyPath } from '../../route/path.ts'
import { useApp } from '../../state/app.ts'
import type { ShownPage } from '../../state/feeds.ts'
import { rarestSource, sourceWords } from '../../why/sources.ts'
import { ago } from '../../words/numbers.ts'

interface PageOfCardsProps {
  readonly page: ShownPage
}

const origins = {
  now: 'made on request',
  queued: 'from the queue',
  nearline: 'prepared beforehand',
  history: 'as it was shown',
} as const

/** One page as the server gave it: exactly its items, in its order. */
export function PageOfCards({ page }: PageOfCardsProps) {
  const { items } = useApp()
  const whyOf = rarestSource(page.items)
  const heading = `page-${page.batchId}`
  return (
    <section class="page" aria-labelledby={heading} data-batch={page.batchId}>
      <PageHead page={page} heading={heading} />
      {page.degraded !== undefined && (
        <p class="note note-weak">
          This page had to do without some of its sources: {page.degraded}.
        </p>
      )}
      <ul class="grid">
        {page.items.map((entry) => (
          <FilmCard
            key={entry.position}
            target={entry}
            requestId={page.requestId}
            isNew={page.delivery !== 'history'}
          >
            <p class="card-line card-genres">
              {items.face(entry.id).genres.slice(0, 3).join(', ') || '\u00a0'}
            </p>
            <p class="card-line hint">{words(whyOf(entry))}</p>
          </FilmCard>
        ))}
      </ul>
    </section>
  )
}

function PageHead({ page, heading }: PageOfCardsProps & { readonly heading: string }) {
  return (
    <div class="page-head">
      <h2 id={heading}>Page {page.batchId}</h2>
      <p class="hint">
        <time dateTime={page.servedAt}>{ago(Date.parse(page.servedAt), Date.now())}</time>
        {' · '}
        {origins[page.delivery]}
        {page.filter !== '' && (
          <>
            {' · '}
            <code>{page.filter}</code>
          </>
        )}
      </p>
      <a class="quiet" href={whyPath(page.requestId)}>
        <WhyIcon />
        <span>
          Why this page<span class="unseen"> {page.batchId}</span>?
        </span>
      </a>
    </div>
  )
}

const words = (source: string | undefined): string =>
  source === undefined ? '\u00a0' : sourceWords(source).short
