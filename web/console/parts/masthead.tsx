import { Bird, MoonIcon, SunIcon } from '../../src/parts/base/icons.tsx'
import { paths, sitePaths } from '../route/place.ts'
import { useConsole } from '../state/console.ts'
import { HoldIcon, PlayIcon } from './icons.tsx'

/** What this is, whether it lives, and in which light. */
export function Masthead() {
  const { theme, isHeld } = useConsole()
  const other = theme.theme.value === 'dark' ? 'light' : 'dark'
  const held = isHeld.value
  return (
    <header class="masthead">
      <a class="brand" href={paths.now}>
        <Bird />
        <span class="brand-name">Starling</span> <span class="brand-part">console</span>
      </a>
      <div class="masthead-tools">
        <Pulse />
        <button
          type="button"
          class="tool"
          aria-pressed={held}
          aria-label={held ? 'Go on with live numbers' : 'Hold the numbers still'}
          onClick={() => {
            isHeld.value = !held
          }}
        >
          {held ? <PlayIcon /> : <HoldIcon />}
        </button>
        <button
          type="button"
          class="tool"
          aria-label={`Switch to ${other} colours`}
          onClick={() => theme.toggle()}
        >
          {other === 'light' ? <SunIcon /> : <MoonIcon />}
        </button>
        <a class="masthead-link" rel="external" href={sitePaths.home}>
          Site
        </a>
      </div>
    </header>
  )
}

/** Whether what is on screen is alive. */
function Pulse() {
  const { isWatched, heardAt } = useConsole()
  const isHeard = heardAt.value !== undefined
  const [state, words] = !isWatched.value
    ? ['held', 'Held']
    : isHeard
      ? ['live', 'Live']
      : ['waiting', 'Waiting']
  return (
    <p class={`pulse pulse-${state}`} role="status">
      <span class="pulse-dot" aria-hidden="true" />
      <span class="pulse-words">{words}</span>
    </p>
  )
}
