import { feedPath, genresPath, homePath } from '../../route/path.ts'
import type { Route } from '../../route/route.ts'
import { useApp } from '../../state/app.ts'
import { Bird, MoonIcon, SunIcon } from '../base/icons.tsx'
import { SearchBox } from './search-box.tsx'
import { UserPicker } from './user-picker.tsx'

type Place = readonly [path: string, name: string, screens: readonly Route['screen'][]]

const places: readonly Place[] = [
  [homePath, 'Home', ['home']],
  [feedPath(), 'Feed', ['feed']],
  [genresPath, 'Genres', ['genres', 'collection']],
]

/** What this is, where one can go, for whom it is shown, and in which light. */
export function Header() {
  const { theme, router } = useApp()
  const other = theme.theme.value === 'dark' ? 'light' : 'dark'
  const { screen } = router.route.value
  return (
    <header class="header">
      <div class="header-inner">
        <a class="brand" href={homePath} aria-label="Starling, home">
          <Bird />
          <span class="brand-name">Starling</span>
        </a>
        <nav class="places" aria-label="Site">
          {places.map(([path, name, screens]) => (
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
