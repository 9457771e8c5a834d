/** Who changes parameters in this browser, as they call themselves; empty: the key in use. */
import { keep, kept } from '../../../src/state/kept.ts'

const name = 'console.who'

export const who = (): string => kept(name) ?? ''

export function keepWho(text: string): void {
  keep(name, text === '' ? undefined : text)
}

/** As the calls take it. */
export const whoAsked = (): { readonly by?: string } => (who() === '' ? {} : { by: who() })
