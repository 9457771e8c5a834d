import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Interactions, interactionsOf } from './interactions.ts'
import type { HistoryModel, Trainer } from './model.ts'
import { roundsSuite, trainerSuite } from './trainer.suite.ts'

/**
 * What every model that learns from who met what must do.
 *
 * It opens with the checkerboard of the `implicit` library: even users like even items, odd users
 * odd ones, and of user n the item n is withheld. Nothing but the other users tells that it is
 * liked.
 */
export function historyModelSuite<M extends HistoryModel>(
  trainer: Trainer<M, Interactions>,
  { inRounds = false }: { readonly inRounds?: boolean } = {},
): void {
  const { kind } = trainer
  const board = checkerboard(50)

  test(`${kind} puts the withheld item of a checkerboard first`, async () => {
    const model = await trainer.fit(board, { seed: 1 })
    for (let user = 0; user < board.rowCount; user++) {
      const [items, weights] = history(board, user)
      const scores = model.score(items, weights)
      for (const seen of items) scores[seen] = Number.NEGATIVE_INFINITY
      assert.equal(scores.indexOf(Math.max(...scores)), user, `user ${user}`)
    }
  })

  test(`${kind} scores bit by bit the same after it was saved and loaded`, async () => {
    const model = await trainer.fit(board, { seed: 1 })
    const saved = model.save()
    const header = JSON.parse(JSON.stringify({ ...saved.header, entryOfTheTrainer: 'kept' }))
    // One byte further on, as in a buffer that a file was read into.
    const weights = new Uint8Array(saved.weights.length + 1).subarray(1)
    weights.set(saved.weights)
    const loaded = trainer.load({ header, weights })
    assert.equal(loaded.kind, kind)
    assert.equal(loaded.itemCount, model.itemCount)
    assert.deepEqual(loaded.save(), saved)
    assert.deepEqual(loaded.score(...history(board, 3)), model.score(...history(board, 3)))
  })

  test(`${kind} of one seed is one model`, async () => {
    const [one, same] = [
      await trainer.fit(board, { seed: 7 }),
      await trainer.fit(board, { seed: 7 }),
    ]
    assert.deepEqual(same.save(), one.save())
  })

  test(`${kind} scores 0 for somebody unknown, and for an item nobody met`, async () => {
    const cells = { users: Uint32Array.of(0, 1), items: Uint32Array.of(0, 0) }
    const model = await trainer.fit(interactionsOf(cells, { userCount: 3, itemCount: 2 }, 'sum'), {
      seed: 1,
    })
    assert.deepEqual([...model.score(new Uint32Array(), new Float32Array())], [0, 0])
    assert.equal(model.score(Uint32Array.of(0), Float32Array.of(1))[1], 0)
  })

  trainerSuite(trainer, board)
  if (inRounds) roundsSuite(trainer, board)
}

/** User and item like each other where both are even or both odd; the diagonal is withheld. */
function checkerboard(size: number): Interactions {
  const cells: [number, number][] = []
  for (let user = 0; user < size; user++) {
    for (let item = user % 2; item < size; item += 2) if (item !== user) cells.push([user, item])
  }
  return interactionsOf(
    {
      users: Uint32Array.from(cells, ([user]) => user),
      items: Uint32Array.from(cells, ([, item]) => item),
    },
    { userCount: size, itemCount: size },
    'sum',
  )
}

function history(matrix: Interactions, row: number): [items: Uint32Array, weights: Float32Array] {
  const [from, to] = [matrix.starts[row]!, matrix.starts[row + 1]!]
  return [matrix.columns.subarray(from, to), matrix.weights.subarray(from, to)]
}
