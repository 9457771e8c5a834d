import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { keep, kept } from '../kept.ts'

/** The first things that a new visitor does, by which the site gets to know them. */
export interface Firsts {
  readonly count: ReadonlySignal<number>
  /** True from the first look until the visitor has read that they are known. */
  readonly isWelcome: ReadonlySignal<boolean>
  add(): void
  /** Somebody new comes. */
  begin(): void
  end(): void
}

/** So many deeds make an acquaintance. */
export const firstsMax = 10

const name = 'firsts'

export function createFirsts(): Firsts {
  // Empty where nobody new is being welcomed.
  const state = signal(kept(name) ?? '')
  const put = (text: string): void => {
    state.value = text
    keep(name, text === '' ? undefined : text)
  }
  return {
    count: computed(() => Number(state.value)),
    isWelcome: computed(() => state.value !== ''),
    add() {
      const count = Number(state.value)
      if (state.value !== '' && count < firstsMax) put(String(count + 1))
    },
    begin: () => put('0'),
    end: () => put(''),
  }
}
