import type { ComponentChildren } from 'preact'

interface TableRoomProps {
  readonly label: string
  /** It has many rows, and scrolls in a room of its own. */
  readonly isLow?: boolean
  readonly children: ComponentChildren
}

/** Where a table stands that may be wider than the screen. */
export function TableRoom({ label, isLow = false, children }: TableRoomProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class={isLow ? 'table-room low' : 'table-room'} tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}
