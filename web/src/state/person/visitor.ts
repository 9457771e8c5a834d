import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { keep, kept } from '../kept.ts'

/** For whom the page is shown. Any id will do; it is the server that knows who is known. */
export interface Visitor {
  /** Undefined until somebody was chosen. */
  readonly user: ReadonlySignal<string | undefined>
  /** The anonymous visitor of this browser, if there was one. */
  readonly guest: ReadonlySignal<string | undefined>
  readonly isGuest: ReadonlySignal<boolean>
  choose(user: string): void
  /** Becomes somebody whom nobody has ever seen. */
  becomeGuest(): void
}

/** Users that both demo catalogues have. Elsewhere they are strangers like all others. */
export const knownUsers: readonly string[] = Array.from({ length: 10 }, (_, n) => String(n + 1))

export function createVisitor(): Visitor {
  const user = signal(kept('user'))
  const guest = signal(kept('guest'))
  const choose = (id: string): void => {
    user.value = id
    keep('user', id)
  }
  return {
    user,
    guest,
    isGuest: computed(() => user.value !== undefined && user.value === guest.value),
    choose,
    becomeGuest() {
      const id = `visitor-${randomText()}`
      guest.value = id
      keep('guest', id)
      choose(id)
    },
  }
}

/** 48 random bits. `crypto.randomUUID` is not there on a page that came over plain HTTP. */
function randomText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(6))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
