import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { storyOf } from '../../items/story.ts'
import { HeartIcon, PauseIcon, PlayIcon } from '../../parts/base/icons.tsx'
import { useApp } from '../../state/app.ts'
import { type Clip, swipeShare } from '../../state/video/reel.ts'
import { ClipScene } from './clip-scene.tsx'
import { ClipTools } from './clip-tools.tsx'
import { usePlaying } from './use-playing.ts'

interface ClipCardProps {
  readonly clip: Clip
  readonly place: number
  readonly isActive: boolean
  readonly isPaused: boolean
  readonly onPause: () => void
}

/** A video that fills the screen. It plays while it is the one that is looked at. */
export function ClipCard({ clip, place, isActive, isPaused, onPause }: ClipCardProps) {
  const { items, reel, tracker, acts, deeds } = useApp()
  const card = useRef<HTMLElement>(null)
  const bar = useRef<HTMLSpanElement>(null)
  const hearts = useSignal(0)
  const { id, token } = clip
  const face = items.face(id)
  const story = storyOf(items.view(id))
  const runs = isActive && !isPaused
  const { played, isOver } = usePlaying({
    runs,
    seconds: story.seconds,
    onEnd: () => reel.ended(clip),
    onFrame(share) {
      if (bar.current !== null) bar.current.style.width = `${((share % 1) * 100).toFixed(1)}%`
    },
  })
  useEffect(() => {
    if (card.current !== null) return tracker.seen(card.current, { item: id, token })
  }, [tracker, id, token])
  const onLeave = useRef<() => void>(() => undefined)
  onLeave.current = () => {
    if (played.current > 0) reel.left(clip, { share: played.current, ended: isOver.value })
    played.current = 0
    isOver.value = false
  }
  // Left where another one is looked at, and where the whole stream is.
  useEffect(() => (isActive ? reel.plays(() => onLeave.current()) : undefined), [isActive, reel])

  useEffect(() => {
    if (!isActive) return
    // Who closes the page did not swipe past; what was watched until then still counts.
    const close = (): void => {
      if (played.current >= swipeShare) onLeave.current()
    }
    addEventListener('pagehide', close)
    return () => removeEventListener('pagehide', close)
  }, [isActive, played])

  const like = (): void => {
    hearts.value++
    if (deeds.opinion(id).liked === true) return
    acts.say(clip, 'like')
    reel.said(clip, 'like')
  }
  return (
    <article
      ref={card}
      class={`clip ${runs ? 'clip-runs' : ''}`}
      data-item={id}
      data-channel={story.channels[0] ?? ''}
      data-place={place}
      aria-label={face.title}
      aria-setsize={-1}
      aria-posinset={place + 1}
      onDblClick={like}
    >
      <ClipScene face={face} seconds={story.seconds} />
      {hearts.value > 0 && (
        <span key={hearts.value} class="clip-heart" aria-hidden="true">
          <HeartIcon />
        </span>
      )}
      <button
        type="button"
        class="clip-play"
        aria-label={isPaused ? `Play ${face.title}` : `Pause ${face.title}`}
        tabIndex={isActive ? 0 : -1}
        onClick={onPause}
      >
        {isPaused ? <PlayIcon /> : <PauseIcon />}
      </button>
      <div class="clip-foot">
        <div class="clip-words">
          {story.by !== undefined && <p class="clip-by">{story.by}</p>}
          <h2>{face.title}</h2>
          <p>
            {[...story.channels, ...story.keywords.slice(0, 2)]
              .map((tag) => `#${tag.replaceAll(' ', '')}`)
              .join(' ')}
          </p>
        </div>
        <ClipTools clip={clip} title={face.title} story={story} isActive={isActive} onLike={like} />
      </div>
      <span class="clip-bar" aria-hidden="true">
        <span ref={bar} />
      </span>
    </article>
  )
}
