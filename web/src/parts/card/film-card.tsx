import type { ComponentChildren } from 'preact'
import { whyPath } from '../../route/path.ts'
import { useApp } from '../../state/app.ts'
import type { Target } from '../../state/person/acts.ts'
import { WhyIcon } from '../base/icons.tsx'
import { CoverLink } from './cover-link.tsx'
import { Stars } from './stars.tsx'

interface FilmCardProps {
  readonly target: Target
  /** The page that shows it, where one does that can tell why. */
  readonly requestId?: string
  readonly isNew?: boolean
  /** False where the arrow keys lead here and the tabulator does not. */
  readonly isTabbed?: boolean
  /** Lines under the cover. */
  readonly children?: ComponentChildren
}

/** A film in a list: its cover, stars to rate it with, and the way to why it is there. */
export function FilmCard(props: FilmCardProps) {
  const { target, requestId, isNew = false, isTabbed = true, children } = props
  const { items, acts, deeds } = useApp()
  const { title } = items.face(target.id)
  return (
    <li class="card" data-item={target.id} data-flip={target.id}>
      <CoverLink target={target} isNew={isNew} isTabbed={isTabbed} />
      {children}
      <div class="card-tools">
        <Stars
          title={title}
          stars={deeds.opinion(target.id).stars}
          isTabbed={isTabbed}
          onRate={(stars) => acts.rate(target, stars)}
        />
        {requestId !== undefined && (
          <a
            class="card-why"
            href={whyPath(requestId, target.id)}
            tabIndex={isTabbed ? 0 : -1}
            aria-label={`Why ${title}?`}
            title="Why is this here?"
          >
            <WhyIcon />
          </a>
        )}
      </div>
    </li>
  )
}
