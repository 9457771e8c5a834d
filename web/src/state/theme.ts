import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { keep, kept } from './kept.ts'

export type Theme = 'light' | 'dark'

/** Light or dark: as the system has it, until the user says otherwise. */
export interface ThemeChoice {
  readonly theme: ReadonlySignal<Theme>
  toggle(): void
}

export function createTheme(): ThemeChoice {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const ofSystem = signal(themeOf(system))
  system.addEventListener('change', () => {
    ofSystem.value = themeOf(system)
  })
  const chosen = signal(kept('theme'))
  const theme = computed((): Theme => {
    return chosen.value === 'light' || chosen.value === 'dark' ? chosen.value : ofSystem.value
  })
  effect(() => {
    const { dataset } = document.documentElement
    if (chosen.value === undefined) delete dataset['theme']
    else dataset['theme'] = chosen.value
  })
  return {
    theme,
    toggle() {
      const next = theme.value === 'dark' ? 'light' : 'dark'
      // Back to what the system has is no wish of one's own.
      chosen.value = next === ofSystem.value ? undefined : next
      keep('theme', chosen.value)
    },
  }
}

const themeOf = (system: MediaQueryList): Theme => (system.matches ? 'dark' : 'light')
