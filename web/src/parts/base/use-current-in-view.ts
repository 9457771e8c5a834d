import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/**
 * Scrolls a bar that is wider than the page to the entry that one is at. Only sideways: the page
 * itself stays where it is. Looks anew with another name, or another number of entries.
 */
export function useCurrentInView(
  bar: RefObject<HTMLElement | null>,
  current: string,
  count: number,
): void {
  useEffect(() => {
    const entry = bar.current?.querySelector('[aria-current]')
    if (bar.current === null || entry === null || entry === undefined) return
    const [whole, part] = [bar.current.getBoundingClientRect(), entry.getBoundingClientRect()]
    bar.current.scrollLeft += part.left - whole.left - (whole.width - part.width) / 2
  }, [bar, current, count])
}
