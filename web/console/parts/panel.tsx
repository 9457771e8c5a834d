import type { ComponentChildren } from 'preact'
import type { Known } from '../state/live.ts'
import { Trouble } from './trouble.tsx'

interface PanelProps {
  readonly id: string
  readonly title: string
  /** Small words beside the title. */
  readonly note?: ComponentChildren
  readonly tools?: ComponentChildren
  readonly children?: ComponentChildren
  readonly class?: string
}

/** A part of a screen with a name. */
export function Panel({ id, title, note, tools, children, class: more = '' }: PanelProps) {
  return (
    <section class={`panel ${more}`} aria-labelledby={`${id}-title`} id={id}>
      <div class="panel-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {note !== undefined && <p class="panel-note">{note}</p>}
        {tools}
      </div>
      {children}
    </section>
  )
}

interface AnsweredProps<T> {
  readonly asked: Known<T>
  /** How much room to keep while there is no answer, in rem. */
  readonly room?: number
  /** Where there is nothing: says so, and how to get something. */
  readonly empty?: ComponentChildren
  readonly isEmpty?: (answer: T) => boolean
  readonly children: (answer: T) => ComponentChildren
}

/** What an answer looks like; until it is there, its room; where it fails, why, in its place. */
export function Answered<T>({ asked, room = 8, empty, isEmpty, children }: AnsweredProps<T>) {
  const { answer, failure, busy } = asked
  if (answer === undefined) {
    return (
      <div class="room" style={{ minHeight: `${room}rem` }} aria-busy={busy}>
        {failure !== undefined ? <Trouble failure={failure} /> : room > 0 && <span class="bone" />}
      </div>
    )
  }
  return (
    <>
      {failure !== undefined && <Trouble failure={failure} isStale />}
      {isEmpty?.(answer) === true ? <div class="empty">{empty}</div> : children(answer)}
    </>
  )
}
