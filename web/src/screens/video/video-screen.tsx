import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { FailureNote } from '../../parts/base/failure-note.tsx'
import { DownIcon, UpIcon } from '../../parts/base/icons.tsx'
import { useTitle } from '../../parts/base/use-title.ts'
import { useApp } from '../../state/app.ts'
import { ClipCard } from './clip-card.tsx'
import { VideoSide } from './video-side.tsx'

/** More than so many from the one that is looked at, there is no need to draw. */
const drawnAround = 2

/** A stream of videos, one at a time: staying plays it, going on swipes it past. */
export function VideoScreen() {
  const { reel, visitor, isWide } = useApp()
  const user = visitor.user.value
  const clips = reel.clips.value
  const active = useSignal(reel.place)
  const isPaused = useSignal(false)
  const track = useRef<HTMLDivElement>(null)
  useTitle('Videos')
  // Before anything is drawn: the first of all would play for a moment to who comes back.
  useLayoutEffect(() => {
    if (user !== undefined) reel.begin(user)
    active.value = reel.place
    const box = track.current
    box?.scrollTo({ top: active.value * box.clientHeight, behavior: 'instant' })
  }, [reel, user, active])
  const count = clips.length
  useEffect(() => {
    if (count > 0) reel.shown(active.value)
  }, [reel, active.value, count])

  const look = (): void => {
    const box = track.current
    if (box === null) return
    const place = Math.round(box.scrollTop / box.clientHeight)
    if (place === active.value || place >= count) return
    active.value = place
    isPaused.value = false
  }
  const go = (step: number): void => {
    const box = track.current
    if (box === null) return
    const place = Math.max(0, Math.min(count - 1, active.value + step))
    box.scrollTo({ top: place * box.clientHeight })
  }
  const press = (event: KeyboardEvent): void => {
    const isTyping = event.target instanceof HTMLInputElement
    const isButton = event.target instanceof HTMLButtonElement
    if (isTyping) return
    if (event.key === 'ArrowDown') go(1)
    else if (event.key === 'ArrowUp') go(-1)
    else if (event.key === ' ' && !isButton) isPaused.value = !isPaused.value
    else return
    event.preventDefault()
  }
  const clip = clips[active.value]
  return (
    <div class="video">
      <h1 class="unseen">Videos for you</h1>
      <div class="reel-place">
        <div
          ref={track}
          class="reel"
          role="feed"
          aria-label="Videos"
          aria-busy={count === 0}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
          tabIndex={0}
          onScroll={look}
          onKeyDown={press}
        >
          {clips.map((one, place) => (
            <div key={one.id} class="reel-seat">
              {Math.abs(place - active.value) <= drawnAround && (
                <ClipCard
                  clip={one}
                  place={place}
                  isActive={place === active.value}
                  isPaused={isPaused.value}
                  onPause={() => {
                    isPaused.value = !isPaused.value
                  }}
                />
              )}
            </div>
          ))}
          {count === 0 && <ReelEnd />}
        </div>
        {count > 0 && active.value === count - 1 && <LastNote />}
        <div class="reel-steps">
          <button
            type="button"
            class="round"
            aria-label="The video before"
            aria-disabled={active.value === 0}
            onClick={() => go(-1)}
          >
            <UpIcon />
          </button>
          <button
            type="button"
            class="round"
            aria-label="The next video"
            aria-disabled={active.value >= count - 1}
            onClick={() => go(1)}
          >
            <DownIcon />
          </button>
        </div>
      </div>
      {isWide.value && <VideoSide clip={clip} />}
    </div>
  )
}

/** Over the last video there is: why no other comes. */
function LastNote() {
  const { failure, dry } = useApp().reel
  if (failure.value === undefined && !dry.value) return null
  return (
    <div class="reel-last" role="status">
      <ReelEnd />
    </div>
  )
}

function ReelEnd() {
  const { reel } = useApp()
  const failure = reel.failure.value
  if (failure !== undefined) {
    return <FailureNote failure={failure} onRetry={() => void reel.more()} />
  }
  return <p class="reel-note">{reel.dry.value ? 'You have seen them all.' : 'One moment.'}</p>
}
