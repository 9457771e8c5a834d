import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { CloseIcon } from './icons.tsx'

interface SheetProps {
  readonly label: string
  /** Another one for each content, so that a change of content begins at the top. */
  readonly topic: string
  readonly onClose: () => void
  /** What stands left of the closing button. */
  readonly lead?: ComponentChildren
  readonly children: ComponentChildren
}

/** A dialog at the side of the page, over all of it on a phone. Shown for as long as it exists. */
export function Sheet({ label, topic, onClose, lead, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const body = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const opener = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (opener instanceof HTMLElement) opener.focus()
    }
  }, [])
  useEffect(() => body.current?.scrollTo({ top: 0 }), [topic])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={dialog}
      class="sheet"
      aria-label={label}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <div class="sheet-bar">
        <div>{lead}</div>
        <button
          type="button"
          class="round"
          aria-label="Close"
          onClick={() => dialog.current?.close()}
        >
          <CloseIcon />
        </button>
      </div>
      <div class="sheet-body" ref={body}>
        {children}
      </div>
    </dialog>
  )
}
