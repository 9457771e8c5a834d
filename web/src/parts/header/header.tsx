import { useApp } from '../../state/app.ts'
import { Bird, MoonIcon, SunIcon } from '../base/icons.tsx'
import { SearchBox } from './search-box.tsx'
import { UserPicker } from './user-picker.tsx'

/** What this is, where one can go, for whom it is shown, and in which light. */
export function Header() {
  const { theme, router, demo } = useApp()
  const other = theme.theme.value === 'dark' ? 'light' : 'dark'
  const { screen } = router.route.value
  return (
    <header class="header">
      <div class="header-inner">
        <a class="brand" href={demo.home} aria-label="Starling, home">
          <Bird />
          <span class="brand-name">Starling</span>
        </a>
        <nav class="places" aria-label="Site">
          {demo.places.map(([path, name, screens]) => (
            <a key={path} href={path} aria-current={screens.includes(screen) ? 'page' : undefined}>
              {name}
            </a>
          ))}
        </nav>
        <SearchBox />
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
      </div>
    </header>
  )
}
