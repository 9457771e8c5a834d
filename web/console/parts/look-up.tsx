import { useRef } from 'preact/hooks'

interface LookUpProps {
  readonly label: string
  readonly value: string
  readonly onLookUp: (text: string) => void
}

/** A field for a name of something to look at. */
export function LookUp({ label, value, onLookUp }: LookUpProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <search class="look-up">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const text = input.current?.value.trim() ?? ''
          if (text !== '') onLookUp(text)
        }}
      >
        <input
          ref={input}
          type="search"
          aria-label={label}
          placeholder={label}
          defaultValue={value}
          maxLength={256}
          autocomplete="off"
          spellcheck={false}
        />
        <button type="submit" class="tool-button">
          Look up
        </button>
      </form>
    </search>
  )
}
