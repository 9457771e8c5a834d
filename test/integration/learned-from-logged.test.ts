import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  dayMs,
  filmsOf,
  genres,
  minuteMs,
  openWorld,
  trained,
  type World,
} from '../stories/world.ts'

const people = Array.from({ length: 220 }, (_, n) => `user-${n}`)
const genreOf = (user: string) => genres[Number(user.split('-')[1]) % 4]!

/** Everybody rates films of their genre highly, and those of the next badly. */
async function rate({ engine, clock }: World): Promise<void> {
  for (let step = 0; step < 9; step++) {
    const events = people.flatMap((user, n) => [
      { type: 'rate', user, item: filmsOf(genreOf(user))[(step + n) % 15]!, value: 5 },
      { type: 'rate', user, item: filmsOf(genres[(n + 1) % 4]!)[(step + n) % 15]!, value: 1 },
    ])
    await engine.track(events)
    clock.advance(dayMs / 4)
  }
}

/** Everybody asks for a page ordered by the model, and rates what they see of it. */
async function read({ engine, clock }: World, model: string): Promise<number> {
  let count = 0
  for (const user of people) {
    const page = await engine.recommend({ user, scene: 'for-you', model, size: 8 })
    const own = new Set(filmsOf(genreOf(user)))
    const at = clock.now()
    const events = page.items.map(({ id: item, token }) => {
      return { type: 'rate', user, item, token, at, value: own.has(item) ? 5 : 1 }
    })
    count += events.length
    assert.deepEqual((await engine.track(events)).rejected, [])
    clock.advance(minuteMs)
  }
  return count
}

test('a ranker learns from the rows that pages were made by, as they were then', async () => {
  await using world = await openWorld({ lake: {} })
  await rate(world)
  const settings = { set: 'movies', negatives: 'none' }
  const nothing = await trained(world, { kind: 'ftrl', source: 'logged', settings })
  assert.equal(nothing.status, 'failed')
  assert.match(nothing.trouble!, /no examples of the set "movies" were found/)

  const first = await trained(world, { kind: 'ftrl', settings })
  assert.equal(first.result?.promoted, true, first.result?.reason ?? first.trouble)
  const rows = await read(world, 'ftrl')
  const second = await trained(world, { kind: 'ftrl', source: 'logged', settings, seed: 'same' })
  assert.equal(second.status, 'done', second.trouble)
  const { metrics, reason } = second.result!
  assert.ok(metrics['auc']! > 0.7, reason)
  // The newest 30 % were kept apart, and the later half of them judged.
  assert.ok(metrics['rows']! > rows * 0.1 && metrics['rows']! < rows * 0.2, `${metrics['rows']}`)
  // The serving one has met none of these rows: it learned before the pages were made.
  assert.equal(typeof metrics['lead over the serving one'], 'number', reason)

  const again = await trained(world, { kind: 'ftrl', source: 'logged', settings, seed: 'same' })
  assert.deepEqual(again.result!.metrics['logloss'], metrics['logloss'])
  const few = { ...settings, rows: 300 }
  const sample = await trained(world, { kind: 'ftrl', source: 'logged', settings: few })
  assert.match(sample.trouble ?? sample.result!.reason, /too few|auc/)
})

test('without a lake nothing was logged, and the job says so', async () => {
  await using world = await openWorld({ lake: false })
  const job = await trained(world, { kind: 'trees', source: 'logged' })
  assert.deepEqual([job.status, job.code], ['failed', 'failed_precondition'])
  assert.match(job.trouble!, /this engine runs without a lake/)
  await assert.rejects(
    world.engine.startJob({ kind: 'trees', source: 'file' }),
    /must name a file below the folder imports/,
  )
  await assert.rejects(
    world.engine.startJob({ kind: 'trees', source: 'file', file: '../log/0' }),
    /must lie below the folder imports/,
  )
})
