import { useSignal } from '@preact/signals'
import type { TargetedEvent, TargetedKeyboardEvent } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { starsFor, starWords } from './star-steps.ts'

interface StarsProps {
  /** What is rated. */
  readonly title: string
  /** By half stars; undefined where it is not rated. */
  readonly stars: number | undefined
  readonly onRate: (stars: number) => void
  /** False where the arrow keys lead here and the tabulator does not. */
  readonly isTabbed?: boolean
}

/** By keys one passes half stars that are not meant: only the one that is kept for so long is. */
const settleMs = 700

/** Five stars to rate with: by pointer or finger on a half, by arrows, digits and Enter. */
export function Stars({ title, stars, onRate, isTabbed = true }: StarsProps) {
  const meant = useSignal<number | undefined>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const slider = useRef<HTMLDivElement>(null)
  useEffect(() => () => clearTimeout(timer.current), [])
  const shown = meant.value ?? stars ?? 0

  const commit = (value: number | undefined): void => {
    clearTimeout(timer.current)
    meant.value = undefined
    if (value !== undefined && value !== stars) onRate(value)
  }
  const mean = (value: number): void => {
    meant.value = value
    clearTimeout(timer.current)
    timer.current = setTimeout(() => commit(meant.peek()), settleMs)
  }
  const press = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const isEnter = event.key === 'Enter' || event.key === ' '
    const value = isEnter ? undefined : starsFor(event.key, shown)
    if (isEnter) commit(meant.peek())
    else if (value !== undefined) mean(value)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      ref={slider}
      class="stars"
      role="slider"
      tabIndex={isTabbed ? 0 : -1}
      aria-label={`Your rating of ${title}`}
      aria-valuemin={0}
      aria-valuemax={5}
      aria-valuenow={shown}
      aria-valuetext={starWords(shown)}
      data-meant={meant.value !== undefined}
      onPointerMove={(event) => {
        if (event.pointerType === 'mouse') meant.value = starsAt(event)
      }}
      onPointerLeave={() => {
        meant.value = undefined
      }}
      onClick={(event) => commit(starsAt(event))}
      onKeyDown={press}
      onBlur={() => commit(meant.peek())}
    >
      <span class="stars-full" style={{ width: `${shown * 20}%` }} />
    </div>
  )
}

/** The half star that lies under a pointer. */
function starsAt({ currentTarget, clientX }: TargetedEvent<HTMLDivElement, MouseEvent>): number {
  const { left, width } = currentTarget.getBoundingClientRect()
  const halves = Math.ceil(((clientX - left) / width) * 10)
  return Math.min(10, Math.max(1, halves)) / 2
}
