import { type ReadonlySignal, signal } from '@preact/signals'
import { keep, kept } from './kept.ts'

export type Theme = 'light' | 'dark'

/** Light or dark: as the system has it, until the user says otherwise. */
export interface ThemeChoice {
  readonly theme: ReadonlySignal<Theme>
  toggle(): void
}

export function createTheme(): ThemeChoice {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const ofSystem = (): Theme => (system.matches ? 'dark' : 'light')
  const chosen = kept('theme')
  const theme = signal<Theme>(chosen === 'light' || chosen === 'dark' ? chosen : ofSystem())
  const show = (next: Theme): void => {
    theme.value = next
    document.documentElement.dataset['theme'] = next
  }
  show(theme.value)
  system.addEventListener('change', () => {
    if (kept('theme') === undefined) show(ofSystem())
  })
  return {
    theme,
    toggle() {
      const next = theme.value === 'dark' ? 'light' : 'dark'
      // Back to what the system has is no wish of one's own.
      keep('theme', next === ofSystem() ? undefined : next)
      show(next)
    },
  }
}
