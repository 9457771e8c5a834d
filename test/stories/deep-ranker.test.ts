import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayMs, filmsOf, genres, idsOf, openWorld, trained, type World } from './world.ts'

/** Sixty people who rate films of one genre highly and of the next one badly. */
async function worldWithStars(): Promise<World> {
  const world = await openWorld()
  for (let step = 0; step < 8; step++) {
    const events = Array.from({ length: 60 }, (_, n) => {
      const [own, other] = [filmsOf(genres[n % 4]!), filmsOf(genres[(n + 1) % 4]!)]
      const [liked, disliked] = [own[(step + n) % 15]!, other[(step + n) % 15]!]
      const user = `user-${n}`
      return [
        { type: 'rate' as const, user, item: liked, value: 5 },
        { type: 'rate' as const, user, item: disliked, value: 1 },
      ]
    })
    await world.engine.track(events.flat())
    world.clock.advance(dayMs / 4)
  }
  return world
}

test('a deep ranker learns from the log as a job, and orders the page of whoever asks for it', async () => {
  await using world = await worldWithStars()
  const { engine } = world
  const settings = { set: 'movies', negatives: 'none', epochs: 20, layers: '32', rate: 0.01 }
  const job = await trained(world, { kind: 'deep-fm', settings })
  assert.equal(job.status, 'done', JSON.stringify(job))
  assert.equal(job.result?.promoted, true, job.result?.reason)
  assert.ok(job.result!.metrics['auc']! > 0.8, job.result?.reason)

  const page = await engine.recommend({
    user: 'user-0',
    scene: 'for-you',
    model: 'deep-fm',
    size: 40,
  })
  assert.equal((await engine.explain(page.requestId))?.model, 'deep-fm/1')
  const meanPlace = (films: readonly string[]): number => {
    const places = idsOf(page).flatMap((id, place) => (films.includes(id) ? [place] : []))
    return places.reduce((sum, place) => sum + place, 0) / places.length
  }
  const [own, other] = [meanPlace(filmsOf(genres[0])), meanPlace(filmsOf(genres[1]))]
  assert.ok(own < other, `mean places ${own} and ${other}`)

  const refused = await trained(world, { kind: 'deep-fm', settings: { set: 'engine' } })
  assert.equal(refused.status, 'failed')
  assert.match(JSON.stringify(refused), /nothing to embed/)
})
