import { useEffect, useRef } from 'preact/hooks'
import { Cover } from '../../covers/cover.tsx'
import type { PageItem } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import type { Opinion } from '../../state/deeds.ts'
import { StarIcon } from '../base/icons.tsx'

interface CardProps {
  readonly entry: PageItem
  readonly requestId: string
  /** False for a page of the past: seeing it again is no exposure. */
  readonly isNew: boolean
  /** Why it is here, in a few words. */
  readonly why: string
}

/** An item of a page: its cover opens it. */
export function Card({ entry, requestId, isNew, why }: CardProps) {
  const { items, acts, deeds, tracker } = useApp()
  const cover = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!isNew || cover.current === null) return
    return tracker.seen(cover.current, { item: entry.id, token: entry.token })
  }, [tracker, entry, isNew])
  const face = items.face(entry.id)
  const opinion = deeds.opinion(entry.id)
  const said = opinionWords(opinion)
  return (
    <li class="card" data-item={entry.id}>
      <button
        ref={cover}
        type="button"
        class="card-cover"
        aria-haspopup="dialog"
        onClick={() => acts.open(requestId, entry)}
      >
        <Cover face={face} />
        <span class="unseen">
          {face.title}
          {face.year !== undefined && `, ${face.year}`}
          {said !== '' && `, ${said}`}
        </span>
        <Badge opinion={opinion} />
      </button>
      <p class="card-genres">{face.genres.slice(0, 3).join(', ') || '\u00a0'}</p>
      <p class="card-why">{why || '\u00a0'}</p>
    </li>
  )
}

function Badge({ opinion: { stars, liked, disliked } }: { readonly opinion: Opinion }) {
  if (stars === undefined && !liked && !disliked) return null
  return (
    <span class="badge" aria-hidden="true">
      {stars !== undefined && (
        <>
          <StarIcon filled={1} /> {stars}
        </>
      )}
      {liked && ' liked'}
      {disliked && ' not for me'}
    </span>
  )
}

function opinionWords({ stars, liked, disliked }: Opinion): string {
  return [
    stars === undefined ? '' : `rated ${stars} of 5`,
    liked ? 'liked' : '',
    disliked ? 'disliked' : '',
  ]
    .filter((words) => words !== '')
    .join(', ')
}
