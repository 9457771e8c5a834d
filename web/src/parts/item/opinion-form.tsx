import type { PageItem } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { DislikeIcon, LikeIcon, StarIcon } from '../base/icons.tsx'
import { notedWords } from '../feed/told.tsx'

/** Stars, and whether it is liked. */
export function OpinionForm({ entry }: { readonly entry: PageItem }) {
  const { acts, deeds } = useApp()
  const { stars = 0, liked = false, disliked = false } = deeds.opinion(entry.id)
  return (
    <section class="opinion" aria-label="Your opinion">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is sent later */}
      <div class="stars" role="group" aria-label="Your rating">
        {[1, 2, 3, 4, 5].map((star) => (
          <button
            key={star}
            type="button"
            aria-label={`Rate ${star} of 5`}
            aria-pressed={stars === star}
            onClick={() => acts.rate(entry, star)}
          >
            <StarIcon filled={Math.min(1, Math.max(0, stars - star + 1))} />
          </button>
        ))}
      </div>
      <div class="opinion-buttons">
        <button
          type="button"
          class="button"
          aria-pressed={liked}
          onClick={() => acts.say(entry, liked ? 'unlike' : 'like')}
        >
          <LikeIcon />
          <span>Like</span>
        </button>
        <button
          type="button"
          class="button"
          aria-pressed={disliked}
          onClick={() => acts.say(entry, 'dislike')}
        >
          <DislikeIcon />
          <span>Not for me</span>
        </button>
      </div>
      <p class="opinion-noted" role="status">
        {acts.trouble.value ?? (acts.told.value > 0 ? notedWords : '')}
      </p>
    </section>
  )
}
