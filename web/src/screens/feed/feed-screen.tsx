import { useLayoutEffect } from 'preact/hooks'
import { FailureNote } from '../../parts/base/failure-note.tsx'
import { OlderIcon } from '../../parts/base/icons.tsx'
import { useTitle } from '../../parts/base/use-title.ts'
import { useApp } from '../../state/app.ts'
import type { Shelf } from '../../state/feeds.ts'
import { ChannelBar } from './channel-bar.tsx'
import { FilterBox } from './filter-box.tsx'
import { PageOfCards } from './page-of-cards.tsx'
import { SkeletonPage } from './skeleton-page.tsx'
import { Told } from './told.tsx'

/** The endless feed of the user, all of it or a channel: pages, newest on top. */
export function FeedScreen({ channel }: { readonly channel: string }) {
  const { feeds, visitor } = useApp()
  const user = visitor.user.value
  useTitle(channel === '' ? 'Feed' : `${channel} feed`)
  // Before anything is drawn: films of another place never stand below this one's name.
  useLayoutEffect(() => {
    if (user === undefined) return
    feeds.goTo({ user, scene: channel === '' ? 'home' : 'channel', channel })
  }, [feeds, user, channel])
  return (
    <>
      <ChannelBar channel={channel} />
      <div id="feed" class="screen" tabIndex={-1}>
        <div class="feed-head">
          <div>
            <h1>{channel || 'Your feed'}</h1>
            <p class="hint">
              Page after page, and no film twice. A new page knows all that you did.
            </p>
          </div>
          <FilterBox />
        </div>
        <Pages shelf={feeds.shelf.value} />
      </div>
      <Told />
    </>
  )
}

function Pages({ shelf }: { readonly shelf: Shelf }) {
  const { refresh } = useApp()
  const failed = shelf.failure?.field === 'filter' ? undefined : shelf.failure
  const waits = shelf.pages.length === 0 && !shelf.dry && shelf.failure === undefined
  const [top] = shelf.pages
  return (
    <>
      <p class="unseen" role="status">
        {top && `Page ${top.batchId}: ${top.items.length} titles`}
      </p>
      {failed && <FailureNote failure={failed} onRetry={() => void refresh()} />}
      {shelf.dry && !failed && <DryNote />}
      {waits && <SkeletonPage />}
      {shelf.pages.map((page) => (
        <PageOfCards key={page.batchId} page={page} />
      ))}
      <FeedEnd shelf={shelf} />
    </>
  )
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
