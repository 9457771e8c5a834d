import { useApp } from '../../state/app.ts'
import type { Shelf } from '../../state/feeds.ts'
import { FailureNote } from '../base/failure-note.tsx'
import { OlderIcon } from '../base/icons.tsx'
import { FilterBox } from './filter-box.tsx'
import { PageOfCards } from './page-of-cards.tsx'
import { SkeletonPage } from './skeleton-page.tsx'

/** The pages of the place, newest on top. */
export function Feed() {
  const app = useApp()
  const place = app.feeds.place.value
  const shelf = app.feeds.shelf.value
  const scene = app.house.scenes.value.find(({ name }) => name === place?.scene)
  const failed = shelf.failure?.field === 'filter' ? undefined : shelf.failure
  const waits = shelf.pages.length === 0 && !shelf.dry && shelf.failure === undefined
  return (
    <>
      <div class="feed-head">
        <div>
          <h1>{place?.channel || 'For you'}</h1>
          <p class="hint">{scene?.description ?? 'Ranked for whoever looks.'}</p>
        </div>
        <FilterBox />
      </div>
      <p class="unseen" role="status">
        {shelf.pages[0] && `Page ${shelf.pages[0].batchId}: ${shelf.pages[0].items.length} titles`}
      </p>
      {failed && <FailureNote failure={failed} onRetry={() => void retry()} />}
      {shelf.dry && !failed && <DryNote />}
      {waits && <SkeletonPage />}
      {shelf.pages.map((page) => (
        <PageOfCards key={page.batchId} page={page} />
      ))}
      <FeedEnd shelf={shelf} />
    </>
  )

  async function retry(): Promise<void> {
    await app.refresh()
    const user = app.visitor.user.value
    if (user !== undefined && app.deeds.failure.value) await app.deeds.load(user)
  }
}

function DryNote() {
  const { feeds } = useApp()
  const filtered = feeds.filter.value !== ''
  return (
    <div class="note" role="status">
      <div>
        <strong>
          {filtered ? 'Nothing new fits the filter' : 'You have seen everything here'}
        </strong>
        <p>
          {filtered
            ? 'A page never repeats what you were shown. Widen the filter, or clear it.'
            : 'A page never repeats what you were shown. Older pages are still there.'}
        </p>
      </div>
    </div>
  )
}

function FeedEnd({ shelf }: { readonly shelf: Shelf }) {
  const { feeds } = useApp()
  if (shelf.older === undefined) return null
  if (shelf.older === null) {
    return <p class="feed-end">This is where it began: there are no older pages.</p>
  }
  const busy = shelf.busy === 'older'
  return (
    <p class="feed-end">
      <button
        type="button"
        class="button"
        aria-busy={busy}
        aria-disabled={busy}
        onClick={() => void feeds.pageBack()}
      >
        <OlderIcon />
        <span>Older</span>
      </button>
    </p>
  )
}
