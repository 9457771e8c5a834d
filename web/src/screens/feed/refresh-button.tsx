import { RefreshIcon } from '../../parts/base/icons.tsx'
import { useApp } from '../../state/app.ts'

interface RefreshButtonProps {
  /** True where the button goes away when it has done its work, and cannot keep the focus. */
  readonly passing?: boolean
}

/** Asks for a new page, and brings it into view. */
export function RefreshButton({ passing = false }: RefreshButtonProps) {
  const { feeds, refresh } = useApp()
  const busy = feeds.shelf.value.busy === 'refresh'
  const bring = async (): Promise<void> => {
    if (!(await refresh())) return
    scrollTo({ top: 0 })
    if (passing) document.getElementById('feed')?.focus({ preventScroll: true })
  }
  return (
    <button
      type="button"
      class="button primary refresh"
      aria-busy={busy}
      aria-disabled={busy}
      onClick={() => void bring()}
    >
      <RefreshIcon />
      <span>Refresh</span>
    </button>
  )
}
