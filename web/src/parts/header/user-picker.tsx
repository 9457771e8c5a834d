import { useRef } from 'preact/hooks'
import { useApp } from '../../state/app.ts'
import { knownUsers } from '../../state/visitor.ts'
import { Avatar } from '../base/avatar.tsx'
import { DownIcon } from '../base/icons.tsx'

/** Chooses whose feed is looked at: somebody known, any id, or somebody new. */
export function UserPicker() {
  const app = useApp()
  const popover = useRef<HTMLDivElement>(null)
  const user = app.visitor.user.value
  const shut = (): void => popover.current?.hidePopover()
  const name = user === undefined ? 'nobody yet' : app.visitor.isGuest.value ? 'new visitor' : user
  return (
    <>
      <button type="button" class="who" popovertarget="who" aria-label={`Feed of ${name}. Change`}>
        <Avatar id={user ?? ''} />
        <span class="who-name">
          <span class="who-label">Feed of</span> {name}
        </span>
        <DownIcon />
      </button>
      <div ref={popover} id="who" class="popover" popover="auto">
        <h2 class="popover-title">Whose feed?</h2>
        <IdForm onDone={shut} />
        <Suggestions onDone={shut} />
        <button
          type="button"
          class="button wide"
          onClick={() => {
            app.showToGuest()
            shut()
          }}
        >
          Be a new visitor
        </button>
        <p class="hint">Somebody nobody has met: it learns from your first click.</p>
      </div>
    </>
  )
}

function IdForm({ onDone }: { readonly onDone: () => void }) {
  const { showTo } = useApp()
  const input = useRef<HTMLInputElement>(null)
  return (
    <form
      class="id-form"
      onSubmit={(event) => {
        event.preventDefault()
        const id = input.current?.value.trim() ?? ''
        if (id === '' || input.current === null) return
        input.current.value = ''
        showTo(id)
        onDone()
      }}
    >
      <label class="field">
        <span>Any user id</span>
        <input ref={input} maxLength={256} autocomplete="off" spellcheck={false} required />
      </label>
      <button type="submit" class="button primary">
        Show
      </button>
    </form>
  )
}

function Suggestions({ onDone }: { readonly onDone: () => void }) {
  const { visitor, showTo } = useApp()
  const guest = visitor.guest.value
  return (
    <>
      <h3 class="popover-label" id="known-users">
        Users with a history
      </h3>
      <ul class="choices" aria-labelledby="known-users">
        {[...knownUsers, ...(guest === undefined ? [] : [guest])].map((id) => (
          <li key={id}>
            <button
              type="button"
              class="chip"
              aria-pressed={id === visitor.user.value}
              onClick={() => {
                showTo(id)
                onDone()
              }}
            >
              {id === guest ? 'the visitor you were' : id}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
