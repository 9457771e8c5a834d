import { useRef } from 'preact/hooks'
import { useCurrentInView } from '../../parts/base/use-current-in-view.ts'
import { feedPath } from '../../route/path.ts'
import { useApp } from '../../state/app.ts'
import { askGenres, genresKey } from '../../state/ask/genres.ts'
import { useAnswer } from '../../state/ask/use-answer.ts'
import { count } from '../../words/numbers.ts'
import { RefreshButton } from './refresh-button.tsx'

/** The channels of the feed, with how many films each has; and the button for a new page. */
export function ChannelBar({ channel }: { readonly channel: string }) {
  const { client, lists } = useApp()
  const { answer } = useAnswer(lists, genresKey, askGenres(client))
  const facets = answer?.facets ?? []
  const isKnown = channel === '' || facets.some(({ value }) => value === channel)
  const bar = useRef<HTMLUListElement>(null)
  useCurrentInView(bar, channel, facets.length)
  return (
    <div class="bar">
      <div class="bar-inner">
        <nav class="bar-channels" aria-label="Channels">
          <ul class="chips" ref={bar}>
            <Chip channel="" current={channel} />
            {!isKnown && <Chip channel={channel} current={channel} />}
            {facets.map(({ value, count }) => (
              <Chip key={value} channel={value} current={channel} size={count} />
            ))}
          </ul>
        </nav>
        <RefreshButton />
      </div>
    </div>
  )
}

interface ChipProps {
  readonly channel: string
  readonly current: string
  readonly size?: number
}

function Chip({ channel, current, size }: ChipProps) {
  return (
    <li>
      <a
        class="chip"
        href={feedPath(channel)}
        aria-current={channel === current ? 'page' : undefined}
      >
        <span>{channel || 'For you'}</span>
        {size !== undefined && <span class="chip-count">{count(size)}</span>}
      </a>
    </li>
  )
}
