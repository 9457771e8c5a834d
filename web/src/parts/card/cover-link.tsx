import { useEffect, useRef } from 'preact/hooks'
import { Cover } from '../../covers/cover.tsx'
import { useApp } from '../../state/app.ts'
import type { Target } from '../../state/person/acts.ts'
import { Badge, opinionWords } from './badge.tsx'

interface CoverLinkProps {
  readonly target: Target
  /** Whether being in view counts: not for a page of the past, which was seen before. */
  readonly isNew?: boolean
  readonly isTabbed?: boolean
}

/** A cover that leads to its film; the server is told of both, seeing it and going there. */
export function CoverLink({ target, isNew = false, isTabbed = true }: CoverLinkProps) {
  const { items, acts, deeds, tracker, demo } = useApp()
  const link = useRef<HTMLAnchorElement>(null)
  const { id, token } = target
  useEffect(() => {
    if (!isNew || token === undefined || link.current === null) return
    return tracker.seen(link.current, { item: id, token })
  }, [tracker, id, token, isNew])
  const face = items.face(id)
  const opinion = deeds.opinion(id)
  const words = [face.title, face.year, opinionWords(opinion)].filter(Boolean).join(', ')
  return (
    <a
      ref={link}
      class="card-cover"
      href={demo.pathOf(id)}
      tabIndex={isTabbed ? 0 : -1}
      onClick={() => acts.open(target)}
    >
      <Cover face={face} />
      <span class="unseen">{words}</span>
      <Badge opinion={opinion} />
    </a>
  )
}
