import { parseArgs } from 'node:util'
import type { Engine } from '../../src/engine/engine.ts'
import type { OfferedEvent } from '../../src/events/event.ts'
import { seededRandom } from '../../src/kernel/random.ts'
import { serve } from '../../src/server/serve.ts'
import { batched, endsAt, itemId, type Size, userId } from './catalogue.ts'
import { answering } from './child.ts'
import { cpuUs } from './cpu.ts'
import { memoryOf } from './memory.ts'
import { openPrepared } from './prepared.ts'

/** What the serving process may be asked. */
export type Question =
  | { readonly kind: 'address' }
  | { readonly kind: 'cost' }
  /** Puts so many entries into every user's queue, as if the recipe had run for each. */
  | { readonly kind: 'fill'; readonly entryCount: number }

export interface Cost {
  /** CPU time of the process so far, all threads. */
  readonly cpuUs: number
  /** Pages so far that waited in the queue; the others were made in their request. */
  readonly queuedPages: number
  readonly memory: ReturnType<typeof memoryOf>
}

const { values } = parseArgs({ options: { folder: { type: 'string' }, size: { type: 'string' } } })
const size = JSON.parse(values.size!) as Size // Handed over by `startServing`.
const engine = await openPrepared(values.folder!, size)
let queuedPages = 0
const counted: Engine = {
  ...engine,
  async recommend(request) {
    const page = await engine.recommend(request)
    if (page.delivery === 'queued') queuedPages++
    return page
  },
}
const serving = await serve({ engine: counted, port: 0 })

answering(
  (question: Question) => {
    if (question.kind === 'address') return serving.addresses[0]
    if (question.kind === 'fill') return fill(question.entryCount)
    return { cpuUs: cpuUs(), queuedPages, memory: memoryOf() } satisfies Cost
  },
  async () => {
    await serving.close()
    await engine[Symbol.asyncDispose]()
  },
)

async function fill(entryCount: number): Promise<void> {
  for (const events of batched(offers(entryCount), 100)) await engine.record(events)
}

function* offers(entryCount: number): Iterable<OfferedEvent> {
  const random = seededRandom('offers')
  const sources = ['nearest', 'item-neighbors', 'same-attribute', 'trending']
  for (let user = 0; user < size.userCount; user++) {
    const items = new Set<number>()
    while (items.size < entryCount) items.add(random.below(size.itemCount))
    yield {
      ...{ type: 'offered', id: `bench:offer:${user}`, at: endsAt, user: userId(user) },
      ...{ scene: 'home', channel: '', writer: 'feed', replace: true, pulse: size.deedsPerUser },
      entries: [...items].map((item, place) => ({
        item: itemId(item),
        score: 1 / (1 + place),
        sources: sources.slice(0, 1 + random.below(3)),
        run: `bench-run-${user}`,
        model: 'ranker/1',
        expiresAt: endsAt + 86_400_000,
      })),
    }
  }
}
