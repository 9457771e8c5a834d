import { signal } from '@preact/signals'
import type { Client } from '../../../src/client/client.ts'
import type { Explanation } from './api.ts'
import { type Failure, failureOf } from './failure.ts'

/** Why pages look as they do, asked once per page. */
export interface Explanations {
  /** Undefined until the server told. */
  of(requestId: string): Explanation | Failure | undefined
  want(requestId: string): void
}

export function createExplanations(client: Client): Explanations {
  const known = signal<ReadonlyMap<string, Explanation | Failure>>(new Map())
  const asked = new Set<string>()
  return {
    of: (requestId) => known.value.get(requestId),
    want(requestId) {
      if (asked.has(requestId)) return
      asked.add(requestId)
      void client
        .explain({ requestId })
        .catch((error: unknown) => {
          asked.delete(requestId)
          return failureOf(error)
        })
        .then((answer) => {
          known.value = new Map(known.value).set(requestId, answer)
        })
    },
  }
}
