import { useApp } from '../../state/app.ts'
import { RefreshButton } from './refresh-button.tsx'

/** Where the feed is shown: the front page or a channel; and the button for a new page. */
export function ChannelBar() {
  const { feeds, items, house, goTo } = useApp()
  const scenes = house.scenes.value
  const hasChannels = scenes.length === 0 || scenes.some(({ name }) => name === 'channel')
  const current = feeds.place.value?.channel ?? ''
  return (
    <div class="bar">
      <div class="bar-inner">
        <nav class="bar-channels" aria-label="Channels">
          <ul class="chips">
            {['', ...(hasChannels ? items.channels() : [])].map((channel) => (
              <li key={channel}>
                <button
                  type="button"
                  class="chip"
                  aria-pressed={channel === current}
                  onClick={() => goTo(channel)}
                >
                  {channel === '' ? 'For you' : channel}
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <RefreshButton />
      </div>
    </div>
  )
}
