import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { WhyIcon } from '../../parts/base/icons.tsx'
import { whyPath } from '../../route/path.ts'
import { useApp } from '../../state/app.ts'
import type { Clip } from '../../state/video/reel.ts'
import { Interests } from './interests.tsx'

/** Whoever only passes by does not want to know why. */
const patienceMs = 700

/** Beside the video, where there is room: why it is shown, and what the user cares for now. */
export function VideoSide({ clip }: { readonly clip: Clip | undefined }) {
  const { reel, visitor } = useApp()
  const count = reel.reorderings.value
  return (
    <aside class="video-side" aria-label="Why these videos">
      {clip && <Why key={clip.id} clip={clip} />}
      <section>
        <h2>What you care for now</h2>
        {/* Another one for each user: nobody sees for a moment what somebody else cares for. */}
        <Interests key={visitor.user.value} moment={`${clip?.id} ${count}`} />
      </section>
      <p class="hint">
        {count === 0
          ? 'What comes next is put in another order by what you watch and swipe past.'
          : `What comes next was put in another order ${times(count)}, here on your device.`}
      </p>
    </aside>
  )
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)

function Why({ clip }: { readonly clip: Clip }) {
  const { client } = useApp()
  const sentence = useSignal('')
  const { requestId, id } = clip
  useEffect(() => {
    const waiting = new AbortController()
    const timer = setTimeout(() => {
      client.explain({ requestId, item: id }, { signal: waiting.signal }).then(
        ({ items }) => {
          sentence.value = items.find((item) => item.id === id)?.because ?? ''
        },
        () => undefined,
      )
    }, patienceMs)
    return () => {
      clearTimeout(timer)
      waiting.abort()
    }
  }, [client, requestId, id, sentence])
  return (
    <section class="video-why">
      <h2>Why this one</h2>
      <p aria-live="polite">{sentence.value || '\u00a0'}</p>
      <a class="quiet" href={whyPath(requestId, id)}>
        <WhyIcon />
        <span>Every step</span>
      </a>
    </section>
  )
}
