import { useApp } from '../../state/app.ts'
import { Bird, MoonIcon, SunIcon } from '../base/icons.tsx'
import { UserPicker } from './user-picker.tsx'

/** What this is, for whom it is shown, and in which light. */
export function Header() {
  const { theme } = useApp()
  const other = theme.theme.value === 'dark' ? 'light' : 'dark'
  return (
    <header class="header">
      <p class="brand">
        <Bird />
        <span>
          Starling <span class="brand-motto">a feed that learns</span>
        </span>
      </p>
      <div class="header-tools">
        <UserPicker />
        <button
          type="button"
          class="round"
          aria-label={`Switch to ${other} colours`}
          onClick={() => theme.toggle()}
        >
          {other === 'light' ? <SunIcon /> : <MoonIcon />}
        </button>
      </div>
    </header>
  )
}
