import { useSignal } from '@preact/signals'
import type { Story } from '../../items/story.ts'
import { copied } from '../../parts/base/copied.ts'
import { DislikeIcon, FollowIcon, KeepIcon, LikeIcon, ShareIcon } from '../../parts/base/icons.tsx'
import { CommentForm } from '../../parts/comment-form.tsx'
import { OpinionButton } from '../../parts/opinion-button.tsx'
import { useApp } from '../../state/app.ts'

interface StoryOpinionProps {
  readonly id: string
  readonly title: string
  readonly story: Story
}

/** What a reader thinks of a story, and what they do with it. */
export function StoryOpinion({ id, title, story }: StoryOpinionProps) {
  const { acts, deeds, items } = useApp()
  const { liked = false, disliked = false, collected = false } = deeds.opinion(id)
  const target = items.showing(id)?.entry ?? { id }
  const followed = useSignal('')
  const noted = useSignal('')
  const { by } = story
  const share = async (): Promise<void> => {
    acts.tell('share', target)
    noted.value = (await copied(location.href))
      ? 'The address is copied: give it to somebody.'
      : 'Its address stands above: give it to somebody.'
  }
  return (
    <section class="story-opinion" aria-label="Your opinion">
      <div class="opinion-buttons">
        <OpinionButton
          icon={<LikeIcon />}
          pressed={liked}
          onPress={() => acts.say(target, liked ? 'unlike' : 'like')}
        >
          Like
        </OpinionButton>
        <OpinionButton
          icon={<KeepIcon />}
          pressed={collected}
          onPress={() => !collected && acts.tell('collect', target)}
        >
          Keep
        </OpinionButton>
        <OpinionButton icon={<ShareIcon />} onPress={() => void share()}>
          Share
        </OpinionButton>
        <OpinionButton
          icon={<DislikeIcon />}
          pressed={disliked}
          onPress={() => acts.say(target, 'dislike')}
        >
          Less like this
        </OpinionButton>
        {by !== undefined && (
          <OpinionButton
            icon={<FollowIcon />}
            pressed={followed.value === by}
            onPress={() => {
              // By the name alone, which is a tag: the attribute of authors is none that tells.
              acts.tell('follow', target, { text: by })
              followed.value = by
            }}
          >
            {followed.value === by ? `Following ${by}` : `Follow ${by}`}
          </OpinionButton>
        )}
      </div>
      <CommentForm
        title={title}
        onSay={(text) => {
          acts.tell('comment', target, { text })
          noted.value = 'Your comment is noted.'
        }}
      />
      <p class="opinion-noted" role="status">
        {acts.trouble.value ?? noted.value}
      </p>
    </section>
  )
}
