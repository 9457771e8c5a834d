import { type ReadonlySignal, signal } from '@preact/signals'

/** Is there room for something beside what is looked at? */
export function createWide(): ReadonlySignal<boolean> {
  const room = matchMedia('(width >= 60rem)')
  const isWide = signal(room.matches)
  room.addEventListener('change', () => {
    isWide.value = room.matches
  })
  return isWide
}
