import { useApp } from '../../state/app.ts'
import type { ShownPage } from '../../state/feeds.ts'
import { rarestSource, sourceWords } from '../../why/sources.ts'
import { ago } from '../../words/numbers.ts'
import { WhyIcon } from '../base/icons.tsx'
import { Card } from './card.tsx'

interface PageOfCardsProps {
  readonly page: ShownPage
}

const origins = {
  now: 'made on request',
  queued: 'from the queue',
  history: 'as it was shown',
} as const

/** One page as the server gave it: exactly its items, in its order. */
export function PageOfCards({ page }: PageOfCardsProps) {
  const { panel } = useApp()
  const whyOf = rarestSource(page.items)
  const heading = `page-${page.batchId}`
  return (
    <section class="page" aria-labelledby={heading} data-batch={page.batchId}>
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
        <button type="button" class="quiet" onClick={() => panel.explain(page)}>
          <WhyIcon />
          <span>
            Why this page<span class="unseen"> {page.batchId}</span>?
          </span>
        </button>
      </div>
      {page.degraded !== undefined && (
        <p class="note note-weak">
          This page had to do without some of its sources: {page.degraded}.
        </p>
      )}
      <ul class="grid">
        {page.items.map((entry) => (
          <Card
            key={entry.position}
            entry={entry}
            requestId={page.requestId}
            isNew={page.delivery !== 'history'}
            why={words(whyOf(entry))}
          />
        ))}
      </ul>
    </section>
  )
}

const words = (source: string | undefined): string =>
  source === undefined ? '' : sourceWords(source).short
