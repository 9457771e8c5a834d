import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createReranker } from '../../src/client/rerank/reranker.ts'
import type { Page } from '../../src/engine/engine.ts'
import { filmsOf, genres, openWorld } from './world.ts'

/**
 * What a client gets is what the engine gives, with lists that may be sorted. What a ranker of few
 * samples makes of a match is left out: how much it counts is not what this is about.
 */
function onThePhone({ items, vectors }: Page) {
  assert.ok(vectors)
  const { signals: _signals, weight: _weight, ...rest } = vectors
  return { items, vectors: { ...rest, items: [...rest.items] } }
}

test('a phone reorders what is not shown yet, and tells how the page stood', async () => {
  await using world = await openWorld()
  for (const genre of genres) {
    await world.like([`${genre}-1`, `${genre}-2`, `${genre}-3`], filmsOf(genre))
  }
  const ask = { withVectors: true, size: 30 }
  assert.equal((await world.page('bob', ask)).vectors, undefined, 'nothing was learned yet')
  await world.engine.train('factors')

  const page = await world.page('ann', ask)
  assert.deepEqual(
    page.vectors!.items.map((vector) => vector.length),
    page.items.map(() => 48),
  )
  const ranker = createReranker()
  ranker.add(onThePhone(page))
  const kindOf = (id: string) => genres.find((genre) => filmsOf(genre).includes(id))!
  const liked = ranker.items[0]!
  const placesOfAlike = () =>
    ranker.items.flatMap(({ id }, place) => (kindOf(id) === kindOf(liked.id) ? [place] : []))
  const before = placesOfAlike()
  const [told] = ranker.did({ item: liked.id, type: 'like' })
  const now = ranker.items
  const after = placesOfAlike()
  assert.ok(
    after.every((place, index) => place <= before[index]!),
    'nothing that is like it falls',
  )
  const risen = after.filter((place, index) => place < before[index]!).length
  assert.ok(risen >= after.length / 2, `of ${after.length} alike ${risen} rose`)

  const user = 'ann'
  const lifted = now.findIndex(({ position }, place) => position !== place)
  const { id, token } = now[lifted]!
  const { rejected } = await world.engine.track([
    { type: 'like', user, item: liked.id, token: liked.token },
    { ...told!, user },
    { type: 'impression', user, item: id, token, position: lifted },
  ])
  assert.deepEqual(rejected, [])
  const { events } = await world.engine.exportUser(user)
  const [rerank, impression] = events.slice(-2) as unknown as readonly LoggedAction[]
  assert.deepEqual(
    rerank!.order,
    now.map(({ position }) => position),
  )
  assert.deepEqual(
    [rerank!.shown.request, impression!.shown.request],
    [page.requestId, page.requestId],
  )
  assert.deepEqual(
    [impression!.shown.position, impression!.shown.stood],
    [now[lifted]!.position, lifted],
  )

  // What the phone did by itself, the next page does from the log.
  const next = await world.page(user, { withVectors: true })
  assert.notEqual(next.vectors!.user, page.vectors!.user)
})

interface LoggedAction {
  readonly order?: readonly number[]
  readonly shown: { readonly request: string; readonly position: number; readonly stood?: number }
}
