import { parseArgs } from 'node:util'
import { createEngine } from '../../src/engine/create-engine.ts'
import { manualClock } from '../../src/events/clock.ts'
import type { Event } from '../../src/events/event.ts'
import { seededRandom } from '../../src/kernel/random.ts'
import { batched, deedOf, endsAt, itemId } from './catalogue.ts'
import { answering } from './child.ts'
import { memoryOf } from './memory.ts'

/** Fills an engine with many items and users, in a process that holds nothing else. */
const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    items: { type: 'string' },
    users: { type: 'string' },
    dims: { type: 'string' },
    deeds: { type: 'string' },
  },
})
const [itemCount, userCount] = [Number(values.items), Number(values.users)]
const [dims, deedCount] = [Number(values.dims), Number(values.deeds)]

const engine = await createEngine({
  folder: values.folder!,
  seed: 'bench',
  retrain: false,
  clock: manualClock(endsAt),
})

answering(
  async (question: 'fill' | 'memory') => {
    if (question === 'fill') {
      for (const events of batched(items())) await engine.record(events)
      for (const events of batched(deeds())) await engine.record(events)
    }
    globalThis.gc?.()
    return memoryOf()
  },
  async () => engine[Symbol.asyncDispose](),
)

function* items(): Iterable<Event> {
  const random = seededRandom('vectors')
  for (let item = 0; item < itemCount; item++) {
    const vector = Array.from({ length: dims }, () => Math.fround(random.next() - 0.5))
    const channels = [`channel ${item % 25}`]
    const record = { attributes: { vector: { vector } }, channels }
    yield { type: 'item', id: `item:${item}`, at: endsAt, item: itemId(item), record }
  }
}

function* deeds(): Iterable<Event> {
  const random = seededRandom('deeds')
  for (let user = 0; user < userCount; user++) {
    for (let deed = 0; deed < deedCount; deed++) {
      yield deedOf(
        random,
        `deed:${user}:${deed}`,
        user,
        itemCount,
        endsAt - 1_000 * (deedCount - deed),
      )
    }
  }
}
