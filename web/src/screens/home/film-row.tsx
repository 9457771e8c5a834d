import { useSignal } from '@preact/signals'
import type { TargetedFocusEvent, TargetedKeyboardEvent } from 'preact'
import { useRef } from 'preact/hooks'
import { FilmCard } from '../../parts/card/film-card.tsx'
import { collectionPath } from '../../route/path.ts'
import type { Row } from '../../state/home/row.ts'
import { RowButtons } from './row-buttons.tsx'

interface FilmRowProps {
  readonly row: Row
  readonly requestId: string
  /** The row has just moved up, or is new. */
  readonly isRisen: boolean
}

/**
 * A row of films that is wider than the page: by finger, wheel, buttons and arrow keys. The
 * tabulator stops at one film of it, so that eight rows are not a hundred stops.
 */
export function FilmRow({ row, requestId, isRisen }: FilmRowProps) {
  const track = useRef<HTMLUListElement>(null)
  const current = useSignal(0)
  const heading = `row-${row.key.replace(/\W+/g, '-')}`
  const cards = (): readonly Element[] => [...(track.current?.children ?? [])]

  const stop = ({ target }: TargetedFocusEvent<HTMLUListElement>): void => {
    const place = cards().findIndex((card) => target instanceof Node && card.contains(target))
    if (place >= 0) current.value = place
  }
  const press = (event: TargetedKeyboardEvent<HTMLUListElement>): void => {
    const step = steps[event.key]
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    const place = Math.min(row.items.length - 1, Math.max(0, current.value + step))
    event.preventDefault()
    cards()[place]?.querySelector('a')?.focus()
  }
  return (
    <section
      class={isRisen ? 'row row-risen' : 'row'}
      aria-labelledby={heading}
      data-row={row.key}
      data-topic={row.topic}
    >
      <div class="row-head">
        <h2 id={heading}>
          {row.value === undefined ? (
            row.title
          ) : (
            <a class="row-link" href={collectionPath('genres', row.value)}>
              {row.title}
            </a>
          )}
        </h2>
        <RowButtons track={track} title={row.title} />
      </div>
      <ul ref={track} class="row-track" onFocusIn={stop} onKeyDown={press}>
        {row.items.map((entry, place) => (
          <FilmCard
            key={entry.id}
            target={entry}
            requestId={requestId}
            isNew
            isTabbed={place === Math.min(current.value, row.items.length - 1)}
          />
        ))}
      </ul>
    </section>
  )
}

const steps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}
