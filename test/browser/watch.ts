import type { Page } from 'playwright-core'

/** What goes on unseen in a page: errors, requests to strangers, events that are told. */
export interface Watch {
  /** Errors on the console and exceptions, apart from those that were expected. */
  readonly errors: readonly string[]
  /** Addresses asked for that are not the server's. */
  readonly strangers: readonly string[]
  readonly told: readonly ToldEvent[]
  /** Questions to the service, reports of events apart: `GET /v1/shelves`. */
  readonly asked: readonly string[]
  /** Errors that match are expected from now on, until the function that is returned is called. */
  expect(pattern: RegExp): () => void
}

export interface ToldEvent {
  readonly type: string
  readonly user: string
  readonly item: string
  readonly token: string
  readonly value?: number
}

export function watch(page: Page, base: string): Watch {
  const errors: string[] = []
  const strangers: string[] = []
  const told: ToldEvent[] = []
  const asked: string[] = []
  const expected = new Set<RegExp>()
  const note = (text: string): void => {
    if (![...expected].some((pattern) => pattern.test(text))) errors.push(text)
  }
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') note(message.text())
  })
  page.on('pageerror', (error) => note(String(error)))
  page.on('request', (request) => {
    if (!request.url().startsWith(base)) strangers.push(request.url())
    const { pathname } = new URL(request.url())
    if (!pathname.startsWith('/v1/')) return
    if (pathname !== '/v1/events') {
      asked.push(`${request.method()} ${pathname}`)
      return
    }
    const { events } = JSON.parse(request.postData() ?? '{"events":[]}') as {
      events: readonly ToldEvent[] // Ours, as the page spells them.
    }
    told.push(...events)
  })
  return {
    errors,
    strangers,
    told,
    asked,
    expect(pattern) {
      expected.add(pattern)
      return () => expected.delete(pattern)
    },
  }
}
