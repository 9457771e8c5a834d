import { type ReadonlySignal, signal } from '@preact/signals'
import type { Client } from '../../../src/client/client.ts'
import type { Status } from './api.ts'

/** What the server tells of itself. */
export interface House {
  /** Undefined until it told, or where it does not. */
  readonly status: ReadonlySignal<Status | undefined>
  /** Asks, once. Nothing on a page waits for it. */
  want(): void
}

export function createHouse(client: Client): House {
  const status = signal<Status | undefined>(undefined)
  let isAsked = false
  return {
    status,
    want() {
      if (isAsked) return
      isAsked = true
      client.status({}).then(
        (told) => {
          status.value = told
        },
        () => {
          isAsked = false
        },
      )
    },
  }
}
