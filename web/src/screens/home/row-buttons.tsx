import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'
import { NextIcon, PreviousIcon } from '../../parts/base/icons.tsx'

interface RowButtonsProps {
  readonly track: RefObject<HTMLUListElement | null>
  readonly title: string
}

/** Push a row on by what is in view of it. By keys the arrows do it, so these are no stops. */
export function RowButtons({ track, title }: RowButtonsProps) {
  const ends = useSignal({ start: true, end: false })
  useEffect(() => {
    const row = track.current
    if (row === null) return
    const look = (): void => {
      const { scrollLeft, clientWidth, scrollWidth } = row
      const [start, end] = [scrollLeft < 4, scrollLeft + clientWidth > scrollWidth - 4]
      const { value } = ends
      if (value.start !== start || value.end !== end) ends.value = { start, end }
    }
    const watch = new ResizeObserver(look)
    watch.observe(row)
    row.addEventListener('scroll', look, { passive: true })
    return () => {
      watch.disconnect()
      row.removeEventListener('scroll', look)
    }
  }, [track, ends])
  const push = (direction: 1 | -1): void => {
    const row = track.current
    row?.scrollBy({ left: direction * row.clientWidth * 0.85 })
  }
  return (
    <div class="row-buttons">
      <button
        type="button"
        class="round"
        tabIndex={-1}
        aria-label={`Back in ${title}`}
        disabled={ends.value.start}
        onClick={() => push(-1)}
      >
        <PreviousIcon />
      </button>
      <button
        type="button"
        class="round"
        tabIndex={-1}
        aria-label={`On in ${title}`}
        disabled={ends.value.end}
        onClick={() => push(1)}
      >
        <NextIcon />
      </button>
    </div>
  )
}
