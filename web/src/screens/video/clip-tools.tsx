import { useSignal } from '@preact/signals'
import type { Story } from '../../items/story.ts'
import {
  CloseIcon,
  CommentIcon,
  DislikeIcon,
  FollowIcon,
  HeartIcon,
  ShareIcon,
} from '../../parts/base/icons.tsx'
import { CommentForm } from '../../parts/comment-form.tsx'
import { useApp } from '../../state/app.ts'
import type { Clip } from '../../state/video/reel.ts'

interface ClipToolsProps {
  readonly clip: Clip
  readonly title: string
  readonly story: Story
  readonly isActive: boolean
  readonly onLike: () => void
}

/** What can be done with a video: like it, say something, pass it on, want less like it. */
export function ClipTools({ clip, title, story, isActive, onLike }: ClipToolsProps) {
  const { acts, deeds, reel } = useApp()
  const { liked = false, disliked = false } = deeds.opinion(clip.id)
  const isCommenting = useSignal(false)
  const followed = useSignal(false)
  const shared = useSignal(false)
  const { by } = story
  const tabIndex = isActive ? 0 : -1
  const unlike = (): void => {
    acts.say(clip, 'unlike')
    reel.said(clip, 'unlike')
  }
  return (
    <>
      <div class="clip-tools">
        <button
          type="button"
          class="tool"
          aria-pressed={liked}
          aria-label={`Like ${title}`}
          {...{ tabIndex }}
          onClick={liked ? unlike : onLike}
        >
          <HeartIcon />
        </button>
        <button
          type="button"
          class="tool"
          aria-expanded={isCommenting.value}
          aria-label={`Comment on ${title}`}
          {...{ tabIndex }}
          onClick={() => {
            isCommenting.value = !isCommenting.value
          }}
        >
          <CommentIcon />
        </button>
        <button
          type="button"
          class="tool"
          aria-pressed={shared.value}
          aria-label={`Share ${title}`}
          {...{ tabIndex }}
          onClick={() => {
            if (!shared.value) acts.tell('share', clip)
            shared.value = true
          }}
        >
          <ShareIcon />
        </button>
        {by !== undefined && (
          <button
            type="button"
            class="tool"
            aria-pressed={followed.value}
            aria-label={`Follow ${by}`}
            {...{ tabIndex }}
            onClick={() => {
              if (!followed.value) acts.tell('follow', clip, { text: by })
              followed.value = true
            }}
          >
            <FollowIcon />
          </button>
        )}
        <button
          type="button"
          class="tool"
          aria-pressed={disliked}
          aria-label={`Less like ${title}`}
          title="Less like this"
          {...{ tabIndex }}
          onClick={() => {
            acts.say(clip, 'dislike')
            reel.said(clip, 'dislike')
          }}
        >
          <DislikeIcon />
        </button>
      </div>
      {isCommenting.value && (
        <div class="clip-comment">
          <CommentForm
            title={title}
            onSay={(text) => {
              acts.tell('comment', clip, { text })
              isCommenting.value = false
            }}
          />
          <button
            type="button"
            class="tool"
            aria-label="Say nothing"
            onClick={() => {
              isCommenting.value = false
            }}
          >
            <CloseIcon />
          </button>
        </div>
      )}
    </>
  )
}
