import { useEffect, useRef } from 'preact/hooks'
import { storyOf } from '../../items/story.ts'
import { DislikeIcon, KeepIcon, LikeIcon, WhyIcon } from '../../parts/base/icons.tsx'
import { storyPath, whyPath } from '../../route/path.ts'
import type { PageItem } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { StoryArt } from './story-art.tsx'
import { StoryFacts } from './story-facts.tsx'

interface StoryCardProps {
  readonly entry: PageItem
  readonly requestId: string
  /** Whether being in view counts: not on a page of before, which was seen then. */
  readonly isNew: boolean
  /** The first of a page is drawn large. */
  readonly isLead: boolean
}

/** A story in the feed. The server is told of seeing it, opening it, and wanting less like it. */
export function StoryCard({ entry, requestId, isNew, isLead }: StoryCardProps) {
  const { items, acts, deeds, tracker } = useApp()
  const card = useRef<HTMLLIElement>(null)
  const { id, token } = entry
  useEffect(() => {
    if (!isNew || card.current === null) return
    return tracker.seen(card.current, { item: id, token })
  }, [tracker, id, token, isNew])
  const { title } = items.face(id)
  const story = storyOf(items.view(id))
  const { liked = false, disliked = false, collected = false, opened = false } = deeds.opinion(id)
  return (
    <li
      ref={card}
      class={`story ${isLead ? 'story-lead' : ''} ${opened ? 'story-read' : ''}`}
      data-item={id}
      data-channel={story.channels[0] ?? ''}
    >
      {disliked ? (
        <p class="story-less">
          You will see less like <q>{title}</q>.
        </p>
      ) : (
        <>
          <a class="story-link" href={storyPath(id)} onClick={() => acts.open(entry)}>
            <StoryArt id={id} channel={story.channels[0] ?? ''} />
            <span class="story-words">
              <span class="story-title">{title}</span>
              {isLead && <span class="story-summary">{story.summary}</span>}
            </span>
          </a>
          <div class="story-foot">
            <StoryFacts story={story} />
            <span class="story-tools">
              <button
                type="button"
                class="tool"
                aria-pressed={liked}
                aria-label={`Like ${title}`}
                onClick={() => acts.say(entry, liked ? 'unlike' : 'like')}
              >
                <LikeIcon />
              </button>
              <button
                type="button"
                class="tool"
                aria-pressed={collected}
                aria-label={`Keep ${title}`}
                onClick={() => !collected && acts.tell('collect', entry)}
              >
                <KeepIcon />
              </button>
              <button
                type="button"
                class="tool"
                aria-label={`Less like ${title}`}
                title="Less like this"
                onClick={() => acts.say(entry, 'dislike')}
              >
                <DislikeIcon />
              </button>
              <a
                class="tool"
                href={whyPath(requestId, id)}
                aria-label={`Why ${title}?`}
                title="Why is this here?"
              >
                <WhyIcon />
              </a>
            </span>
          </div>
        </>
      )}
    </li>
  )
}
