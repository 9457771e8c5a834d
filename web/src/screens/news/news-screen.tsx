import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { FailureNote } from '../../parts/base/failure-note.tsx'
import { RefreshIcon } from '../../parts/base/icons.tsx'
import { useTitle } from '../../parts/base/use-title.ts'
import { useApp } from '../../state/app.ts'
import { counted } from '../../words/numbers.ts'
import { NewsBar } from './news-bar.tsx'
import { NewsPages } from './news-pages.tsx'
import { type Pull, usePull } from './use-pull.ts'

/** How long it is said how many stories have come. */
const newsMs = 4_000

/** A news feed: pulled down it brings new stories, and further down are those of before. */
export function NewsScreen({ channel }: { readonly channel: string }) {
  const { feeds, visitor, refresh } = useApp()
  const user = visitor.user.value
  const shelf = feeds.shelf.value
  const came = useSignal('')
  const hiding = useRef<ReturnType<typeof setTimeout>>(undefined)
  useTitle(channel === '' ? 'News' : `${channel} news`)
  // Before anything is drawn: stories of another place never stand below this one's name.
  useLayoutEffect(() => {
    if (user === undefined) return
    feeds.goTo({ user, scene: channel === '' ? 'home' : 'channel', channel })
    // Nor what came to another place.
    came.value = ''
    return () => clearTimeout(hiding.current)
  }, [feeds, user, channel, came])

  const bring = async (): Promise<void> => {
    if (!(await refresh())) return
    scrollTo({ top: 0 })
    const { pages, dry } = feeds.shelf.value
    const count = dry ? 0 : (pages[0]?.items.length ?? 0)
    came.value = count === 0 ? 'No new stories yet' : counted(count, 'new story', 'new stories')
    // What was said of the pull before must not take this away before its time.
    clearTimeout(hiding.current)
    hiding.current = setTimeout(() => {
      came.value = ''
    }, newsMs)
  }
  const pull = usePull(() => void bring())
  useEffect(() => {
    const press = ({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): void => {
      const isTyping = target instanceof Element && target.closest('input, textarea') !== null
      if (key === 'r' && !isTyping && !ctrlKey && !metaKey && !altKey) void bring()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  })
  const busy = shelf.busy === 'refresh'
  return (
    <>
      <NewsBar channel={channel} busy={busy} onRefresh={() => void bring()} />
      <PullSign pull={pull} busy={busy && shelf.pages.length > 0} />
      <p class={`news-came ${came.value === '' ? '' : 'news-came-shown'}`} role="status">
        {came.value}
      </p>
      <div class="newsfeed screen">
        <h1 class="unseen">{channel === '' ? 'Recommended stories' : `${channel} stories`}</h1>
        {shelf.failure && <FailureNote failure={shelf.failure} onRetry={() => void bring()} />}
        <NewsPages shelf={shelf} />
      </div>
    </>
  )
}

/** Comes down as the page is pulled, and turns while stories are on their way. */
function PullSign({ pull, busy }: { readonly pull: Pull; readonly busy: boolean }) {
  const share = Math.min(1, pull.value)
  return (
    <div
      class={`pull ${pull.value >= 1 ? 'pull-enough' : ''}`}
      aria-hidden="true"
      aria-busy={busy}
      style={{ height: busy ? '3.5rem' : `${(share * 4.5).toFixed(2)}rem` }}
    >
      <RefreshIcon />
      <span>{busy ? 'Looking' : pull.value >= 1 ? 'Let go for new stories' : 'Pull down'}</span>
    </div>
  )
}
