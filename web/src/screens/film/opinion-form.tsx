import { DislikeIcon, LikeIcon } from '../../parts/base/icons.tsx'
import { Stars } from '../../parts/card/stars.tsx'
import { OpinionButton } from '../../parts/opinion-button.tsx'
import { useApp } from '../../state/app.ts'

interface OpinionFormProps {
  readonly id: string
  readonly title: string
}

/** Stars, and whether it is liked. */
export function OpinionForm({ id, title }: OpinionFormProps) {
  const { acts, deeds, items, demo } = useApp()
  const { stars, liked = false, disliked = false } = deeds.opinion(id)
  const target = items.showing(id)?.entry ?? { id }
  const trouble = acts.trouble.value
  return (
    <section class="opinion" aria-label="Your opinion">
      <Stars title={title} stars={stars} onRate={(value) => acts.rate(target, value)} />
      <div class="opinion-buttons">
        <OpinionButton
          icon={<LikeIcon />}
          pressed={liked}
          onPress={() => acts.say(target, liked ? 'unlike' : 'like')}
        >
          Like
        </OpinionButton>
        <OpinionButton
          icon={<DislikeIcon />}
          pressed={disliked}
          onPress={() => acts.say(target, 'dislike')}
        >
          Not for me
        </OpinionButton>
      </div>
      <p class="opinion-noted" role="status">
        {trouble}
        {trouble === undefined && (stars !== undefined || liked || disliked) && (
          <>
            Noted{stars !== undefined && `: ${stars} of 5`}.{' '}
            <a href={demo.home}>Your {nextWords[demo.name]}</a> know.
          </>
        )}
      </p>
    </section>
  )
}

/** What is made anew by what was said. */
const nextWords = { movies: 'rows', news: 'stories', video: 'videos' } as const
