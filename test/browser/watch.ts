import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page, Request } from 'playwright-core'
import { patienceMs } from './chromium.ts'

/** What goes on unseen in a page: errors, requests to strangers, events that are told. */
export interface Watch {
  /** Errors on the console and exceptions, apart from those that were expected. */
  readonly errors: readonly string[]
  /** Addresses asked for that are not the server's. */
  readonly strangers: readonly string[]
  readonly told: readonly ToldEvent[]
  /** The first event that matches, also where it is told only later. Rejects where none is. */
  heard(match: Partial<ToldEvent>): Promise<ToldEvent>
  /** Questions to the service, reports of events apart: `GET /v1/shelves`. */
  readonly asked: readonly string[]
  /** Resolves when the site has had an answer to all that it asked, and asks no more. */
  quiet(): Promise<void>
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

/** After an answer, the page may take so long to think of its next question. */
const quietMs = 300

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
    if (message.type() !== 'error' && message.type() !== 'warning') return
    note(`${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => note(String(error)))
  let [waiting, changedAt] = [0, performance.now()]
  const isCall = (request: Request): boolean => new URL(request.url()).pathname.startsWith('/v1/')
  const ended = (request: Request): void => {
    if (!isCall(request)) return
    waiting--
    changedAt = performance.now()
  }
  page.on('requestfinished', ended)
  page.on('requestfailed', ended)
  page.on('request', (request) => {
    if (isCall(request)) {
      waiting++
      changedAt = performance.now()
    }
    if (!request.url().startsWith(base)) strangers.push(request.url())
    if (!isCall(request)) return
    const { pathname } = new URL(request.url())
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
    async heard(match) {
      const wanted = Object.entries(match)
      const fits = (event: ToldEvent): boolean =>
        wanted.every(([field, value]) => event[field as keyof ToldEvent] === value)
      for (const began = performance.now(); performance.now() - began < patienceMs; ) {
        const found = told.find(fits)
        if (found !== undefined) return found
        await sleep(50)
      }
      assert.fail(
        `nobody told of ${JSON.stringify(match)}, only of ${JSON.stringify(told.slice(-9))}`,
      )
    },
    async quiet() {
      changedAt = performance.now()
      do await sleep(50)
      while (waiting > 0 || performance.now() - changedAt < quietMs)
    },
    expect(pattern) {
      expected.add(pattern)
      return () => expected.delete(pattern)
    },
  }
}
