import { useSignal } from '@preact/signals'
import { useApp } from '../../state/app.ts'
import { knownUsers } from '../../state/person/visitor.ts'
import { Avatar } from '../base/avatar.tsx'

interface UserChoiceProps {
  readonly onChoose: (id: string) => void
}

/** Signs in by id; what is typed narrows the suggestions. */
export function UserChoice({ onChoose }: UserChoiceProps) {
  const { visitor } = useApp()
  const typed = useSignal('')
  const guest = visitor.guest.value
  const known = guest === undefined ? knownUsers : [...knownUsers, guest]
  const wanted = typed.value.trim()
  const fitting = known.filter((id) => id.includes(wanted))
  return (
    <>
      <form
        class="id-form"
        onSubmit={(event) => {
          event.preventDefault()
          typed.value = ''
          if (wanted !== '') onChoose(wanted)
        }}
      >
        <label class="field">
          <span>Sign in as, by id</span>
          <input
            value={typed.value}
            maxLength={256}
            autocomplete="off"
            spellcheck={false}
            required
            onInput={(event) => {
              typed.value = event.currentTarget.value
            }}
          />
        </label>
        <button type="submit" class="button">
          Sign in
        </button>
      </form>
      <h2 class="popover-label" id="known-users">
        {fitting.length > 0 ? 'People with a past' : `Nobody known by that id: sign in and see`}
      </h2>
      <ul class="choices" aria-labelledby="known-users">
        {fitting.map((id) => (
          <li key={id}>
            <button
              type="button"
              class="choice"
              aria-pressed={id === visitor.user.value}
              aria-label={id === guest ? 'The visitor you were' : `User ${id}`}
              onClick={() => onChoose(id)}
            >
              <Avatar id={id} />
              <span>{id === guest ? 'you' : id}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
