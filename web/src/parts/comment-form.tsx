import { useRef } from 'preact/hooks'

interface CommentFormProps {
  readonly title: string
  readonly onSay: (text: string) => void
}

/** A line to say something in. */
export function CommentForm({ title, onSay }: CommentFormProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <form
      class="id-form"
      onSubmit={(event) => {
        event.preventDefault()
        const text = input.current?.value.trim() ?? ''
        if (text === '' || input.current === null) return
        input.current.value = ''
        onSay(text)
      }}
    >
      <label class="field">
        <span>
          Comment<span class="unseen"> on {title}</span>
        </span>
        <input ref={input} maxLength={2000} autocomplete="off" required />
      </label>
      <button type="submit" class="button">
        Say it
      </button>
    </form>
  )
}
