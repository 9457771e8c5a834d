import type { Page } from '../../src/engine/engine.ts'
import { startChild } from '../harness/child.ts'
import type { Load, Loaded } from '../harness/load.ts'
import { median, quantile } from '../harness/rounds.ts'
import type { Cost, Question } from '../harness/serving.ts'
import type { Target } from '../harness/target.ts'

/** Pages that others ask for per second: a third of the peak of a large site. */
const rate = 200

/**
 * From the click to the next page that was made with it, over HTTP, while others ask for pages and
 * report events. The page counts where the recipe ran anew for it: what waited was out of date.
 */
export const clickVisible: Target = {
  number: 3,
  name: 'click to the next feed',
  async measure({ quick, folder, tell }) {
    const size = quick
      ? { itemCount: 2_000, userCount: 500, deedsPerUser: 20 }
      : { itemCount: 20_000, userCount: 5_000, deedsPerUser: 20 }
    tell('filling queues')
    await using server = await startChild(new URL('../harness/serving.ts', import.meta.url), [
      ...['--folder', folder, '--size', JSON.stringify(size)],
    ])
    await server.ask<void>({ kind: 'fill', entryCount: 200 } satisfies Question)
    await using loader = await startChild(new URL('../harness/load.ts', import.meta.url))
    const address = await server.ask<string>({ kind: 'address' } satisfies Question)
    const seconds = quick ? 5 : 20
    tell('clicking under load')
    // Nobody else asks for the pages of those who click: a page that another request took or had
    // made between would look like one that had waited.
    const clickers = size.userCount / 2
    const load = { ...size, userCount: size.userCount - clickers, address, rate, seconds } as const
    const [{ perSecond }, delays] = await Promise.all([
      loader.ask<Loaded>({ ...load, connectionCount: 8, what: 'feeds' } satisfies Load),
      clicks(address, { from: load.userCount, count: clickers }, (seconds - 1) * 1_000),
    ])
    const { memory } = await server.ask<Cost>({ kind: 'cost' } satisfies Question)
    return [
      {
        target: 3,
        what: 'click to the next feed, p95',
        value: quantile(delays, 0.95),
        unit: 'ms',
        judged: quantile(delays, 0.95),
        bound: { most: 100 },
        memory,
        note:
          `${delays.length} clicks, median ${median(delays).toFixed(1)} ms, ` +
          `beside ${Math.round(perSecond)} feeds/s`,
      },
    ]
  },
}

async function clicks(
  address: string,
  users: { readonly from: number; readonly count: number },
  durationMs: number,
): Promise<number[]> {
  const delays: number[] = []
  const endMs = performance.now() + durationMs
  for (let click = 0; performance.now() < endMs; click++) {
    const user = `user-${users.from + ((click * 37) % users.count)}`
    const before = await page(address, user)
    const { id: item, token } = before.items[0] ?? fail(`${user} was shown an empty page`)
    const startedMs = performance.now()
    await reported(address, { id: `click-${click}`, type: 'click', user, item, token })
    const after = await page(address, user)
    if (after.delivery !== 'now') throw new Error(`${user} clicked, and got what had waited`)
    delays.push(performance.now() - startedMs)
  }
  return delays
}

function fail(message: string): never {
  throw new Error(message)
}

async function page(address: string, user: string): Promise<Page> {
  const answer = await fetch(`${address}/v1/scenes/home/feed?user=${user}`)
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as Page // As the service describes it; times are of no concern here.
}

async function reported(address: string, event: object): Promise<void> {
  const answer = await fetch(`${address}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ events: [event] }),
  })
  const { accepted } = (await answer.json()) as { accepted?: number } // Described by the service.
  if (accepted !== 1) throw new Error(`a click was not accepted: status ${answer.status}`)
}
