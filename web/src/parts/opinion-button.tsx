import type { ComponentChildren, JSX } from 'preact'

interface OpinionButtonProps {
  readonly icon: JSX.Element
  /** Whether it is held down; a button that is none of two things leaves it out. */
  readonly pressed?: boolean
  readonly onPress: () => void
  readonly children: ComponentChildren
}

/** One of the things that can be said of an item. */
export function OpinionButton({ icon, pressed, onPress, children }: OpinionButtonProps) {
  return (
    <button type="button" class="button" aria-pressed={pressed} onClick={onPress}>
      {icon}
      <span>{children}</span>
    </button>
  )
}
