import { useRef } from 'preact/hooks'
import { userPath } from '../../route/path.ts'
import { useApp } from '../../state/app.ts'
import { Avatar } from '../base/avatar.tsx'
import { DownIcon } from '../base/icons.tsx'
import { UserChoice } from './user-choice.tsx'

/** Who is signed in, and how one becomes somebody else: somebody known, any id, or somebody new. */
export function UserPicker() {
  const app = useApp()
  const popover = useRef<HTMLDivElement>(null)
  const user = app.visitor.user.value
  const name = user === undefined ? 'nobody' : app.visitor.isGuest.value ? 'you' : `user ${user}`
  const shut = (): void => popover.current?.hidePopover()
  const become = (change: () => void): void => {
    change()
    shut()
    app.router.go(app.demo.home)
  }
  return (
    <>
      <button
        type="button"
        class="who"
        popovertarget="who"
        aria-label={`Signed in as ${name}. Change`}
      >
        <Avatar id={user ?? ''} />
        <span class="who-name">{name}</span>
        <DownIcon />
      </button>
      <div ref={popover} id="who" class="popover" popover="auto">
        {user !== undefined && (
          <a class="me" href={userPath(user)} onClick={shut}>
            <Avatar id={user} />
            <span>
              <strong>{name}</strong>
              <span class="hint">Taste, history and what is recommended</span>
            </span>
          </a>
        )}
        <UserChoice onChoose={(id) => become(() => app.showTo(id))} />
        <button type="button" class="button primary wide" onClick={() => become(app.showToGuest)}>
          I am new here
        </button>
        <p class="hint">Nobody has met you yet: the site learns from your first click.</p>
      </div>
    </>
  )
}
