import { useEffect } from 'preact/hooks'

/** Names the window after the screen. Undefined while the name is not known yet. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · Starling`
  }, [title])
}
