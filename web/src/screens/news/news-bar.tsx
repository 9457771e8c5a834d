import { useRef } from 'preact/hooks'
import { RefreshIcon } from '../../parts/base/icons.tsx'
import { useCurrentInView } from '../../parts/base/use-current-in-view.ts'
import { newsPath } from '../../route/path.ts'
import { useApp } from '../../state/app.ts'
import { askGenres, genresKey } from '../../state/ask/genres.ts'
import { useAnswer } from '../../state/ask/use-answer.ts'

interface NewsBarProps {
  readonly channel: string
  readonly busy: boolean
  readonly onRefresh: () => void
}

/** The channels, which scroll sideways, and the button for new stories. */
export function NewsBar({ channel, busy, onRefresh }: NewsBarProps) {
  const { client, lists } = useApp()
  const { answer } = useAnswer(lists, genresKey, askGenres(client))
  const names = (answer?.facets ?? []).map(({ value }) => value)
  const all = channel === '' || names.includes(channel) ? names : [channel, ...names]
  const bar = useRef<HTMLUListElement>(null)
  useCurrentInView(bar, channel, all.length)
  return (
    <div class="bar news-bar">
      <div class="bar-inner">
        <nav class="bar-channels" aria-label="Channels">
          <ul class="chips" ref={bar}>
            {['', ...all].map((name) => (
              <li key={name}>
                <a
                  class="chip"
                  href={newsPath(name)}
                  aria-current={name === channel ? 'page' : undefined}
                >
                  {name || 'Recommended'}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <button
          type="button"
          class="button primary refresh"
          aria-busy={busy}
          aria-disabled={busy}
          aria-keyshortcuts="r"
          onClick={onRefresh}
        >
          <RefreshIcon />
          <span>Refresh</span>
        </button>
      </div>
    </div>
  )
}
