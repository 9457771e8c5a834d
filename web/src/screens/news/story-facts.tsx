import type { Story } from '../../items/story.ts'
import { ago } from '../../words/numbers.ts'

/** Where a story belongs, who wrote it and when. */
export function StoryFacts({ story }: { readonly story: Story }) {
  const { channels, by, publishedAt, minutes } = story
  const parts = [by, publishedAt !== undefined && ago(publishedAt, Date.now()), `${minutes} min`]
  return (
    <span class="story-facts">
      {channels[0] !== undefined && <strong>{channels[0]}</strong>}
      <span>{parts.filter(Boolean).join(' · ')}</span>
    </span>
  )
}
