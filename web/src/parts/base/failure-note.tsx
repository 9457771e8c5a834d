import { useRef } from 'preact/hooks'
import { takeAccessKey } from '../../state/access-key.ts'
import type { Failure } from '../../state/failure.ts'

interface FailureNoteProps {
  readonly failure: Failure
  readonly onRetry: () => void
}

/** Says kindly what could not be had, and offers what may help. */
export function FailureNote({ failure, onRetry }: FailureNoteProps) {
  if (failure.code === 'unauthenticated' || failure.code === 'permission_denied') {
    return <KeyNote message={failure.message} />
  }
  const gone = failure.code === 'unavailable'
  return (
    <div class="note note-bad" role="alert">
      <div>
        <strong>{gone ? 'The server does not answer' : 'That did not work'}</strong>
        <p>
          {gone ? 'It may be starting, or stopped. What is on this page stays.' : failure.message}
        </p>
      </div>
      <button type="button" class="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  )
}

/** Where keys exist, somebody must give one. */
function KeyNote({ message }: { readonly message: string }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <form
      class="note note-bad"
      onSubmit={(event) => {
        event.preventDefault()
        const key = input.current?.value.trim() ?? ''
        if (key !== '') takeAccessKey(key)
      }}
    >
      <div>
        <strong>This server asks for a key</strong>
        <p>{message}</p>
        <label class="field">
          <span>Key</span>
          <input ref={input} type="password" autocomplete="off" required />
        </label>
      </div>
      <button type="submit" class="button">
        Use it
      </button>
    </form>
  )
}
