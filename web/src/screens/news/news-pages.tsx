import { useEffect, useRef } from 'preact/hooks'
import { useApp } from '../../state/app.ts'
import type { Shelf, ShownPage } from '../../state/feeds.ts'
import { ago } from '../../words/numbers.ts'
import { StoryCard } from './story-card.tsx'

/** The pages of a news feed, newest first; those of before come as one gets to the end. */
export function NewsPages({ shelf }: { readonly shelf: Shelf }) {
  const waits = shelf.pages.length === 0 && !shelf.dry && shelf.failure === undefined
  const isAllSeen = shelf.dry && (shelf.pages[0]?.delivery ?? 'history') === 'history'
  return (
    <>
      {waits && <StoryBones />}
      {isAllSeen && (
        <p class="note">You have seen all there is here. New stories come out all the time.</p>
      )}
      {shelf.pages.map((page, place) => (
        <NewsPage key={page.batchId} page={page} isTop={place === 0} />
      ))}
      {/* A new end after each page: one that stayed would jump from where it was looked at. */}
      <End key={shelf.pages.length} shelf={shelf} />
    </>
  )
}

function NewsPage({ page, isTop }: { readonly page: ShownPage; readonly isTop: boolean }) {
  const when = ago(Date.parse(page.servedAt), Date.now())
  const heading = `page-${page.batchId}`
  return (
    <section
      class="news-page"
      aria-labelledby={heading}
      data-batch={page.batchId}
      data-request={page.requestId}
    >
      <h2 id={heading} class={isTop ? 'unseen' : 'news-before'}>
        {isTop ? `The newest page, ${when}` : `Shown to you ${when}`}
      </h2>
      <ul class="stories">
        {page.items.map((entry, place) => (
          <StoryCard
            key={entry.position}
            entry={entry}
            requestId={page.requestId}
            isNew={page.delivery !== 'history'}
            isLead={place === 0}
          />
        ))}
      </ul>
    </section>
  )
}

/** Asks for the page before the last one when it comes near to the screen. */
function End({ shelf }: { readonly shelf: Shelf }) {
  const { feeds } = useApp()
  const end = useRef<HTMLDivElement>(null)
  const { older, busy, failure, pages } = shelf
  const mayAsk = typeof older === 'string' && busy === undefined && failure === undefined
  useEffect(() => {
    if (!mayAsk || end.current === null) return
    const watch = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && void feeds.pageBack(),
      { rootMargin: '0px 0px 400px' },
    )
    watch.observe(end.current)
    return () => watch.disconnect()
  }, [feeds, mayAsk, pages.length])
  if (older === undefined) return null
  return (
    <div ref={end} class="feed-end">
      {older === null ? (
        <p>This is where it began: there are no older stories.</p>
      ) : failure === undefined ? (
        <p>Older stories are on their way.</p>
      ) : (
        <button type="button" class="button" onClick={() => void feeds.pageBack()}>
          Older stories
        </button>
      )}
    </div>
  )
}

function StoryBones() {
  return (
    <ul class="stories" aria-hidden="true">
      {Array.from({ length: 8 }, (_, place) => (
        <li key={place} class={`story ${place === 0 ? 'story-lead' : ''}`}>
          <span class="bone story-bone" />
        </li>
      ))}
    </ul>
  )
}
