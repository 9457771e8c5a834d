import type { InputOf } from '../../../src/api/operation.ts'
import type { Service } from '../../../src/api/service.ts'
import type { Client } from '../../../src/client/client.ts'
import { randomText } from '../state/visitor.ts'

export type Report = InputOf<Service['track']>['events'][number]

/** Tells the server what the user did. Events have ids: telling one twice is harmless. */
export interface Reporter {
  /** Resolves with the reason where the server refused it; rejects where it could not be told. */
  tell(event: Report): Promise<string | undefined>
  /** Told a little later, together with others of its kind. */
  tellLater(event: Report): void
}

const delayMs = 1_500
const waitingMax = 500

export function createReporter(client: Client): Reporter {
  let waiting: Report[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const events = waiting
    if (events.length === 0) return
    waiting = []
    try {
      await client.track({ events })
    } catch {
      // Kept for the next time, as many as is reasonable.
      waiting = [...events, ...waiting].slice(-waitingMax)
    }
  }

  // The last moment at which a page is sure to be asked.
  addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void flush()
  })

  return {
    async tell(event) {
      const { rejected } = await client.track({ events: [withId(event)] })
      return rejected[0]?.message
    },
    tellLater(event) {
      waiting.push(withId(event))
      timer ??= setTimeout(() => void flush(), delayMs)
    },
  }
}

const withId = (event: Report): Report => ({ ...event, id: `page-${randomText()}` })
