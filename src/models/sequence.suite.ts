import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../kernel/random.ts'
import type { SequenceModel, Trainer } from './model.ts'
import { type Sequences, sequencesOf } from './sequences.ts'
import { trainerSuite } from './trainer.suite.ts'

/**
 * What every model that learns what comes next must do.
 *
 * Its users walk along rings of items, each from a place of their own, and now and then step aside:
 * what follows an item is the next of its ring, and nothing else tells which that is.
 */
export function sequenceModelSuite<M extends SequenceModel>(trainer: Trainer<M, Sequences>): void {
  const { kind } = trainer
  const walks = ringWalks()

  test(`${kind} puts the next of a ring first`, async () => {
    const model = await trainer.fit(walks, { seed: 1 })
    for (let item = 0; item < ringItems; item++) {
      const past = Uint32Array.of(stepsOn(item, -2), stepsOn(item, -1), item)
      const scores = model.next(past)
      for (const met of past) scores[met] = Number.NEGATIVE_INFINITY
      assert.equal(scores.indexOf(Math.max(...scores)), stepsOn(item, 1), `after ${item}`)
    }
  })

  test(`${kind} scores bit by bit the same after it was saved and loaded`, async () => {
    const model = await trainer.fit(walks, { seed: 1 })
    const saved = model.save()
    const header = JSON.parse(JSON.stringify({ ...saved.header, entryOfTheTrainer: 'kept' }))
    // One byte further on, as in a buffer that a file was read into.
    const weights = new Uint8Array(saved.weights.length + 1).subarray(1)
    weights.set(saved.weights)
    const loaded = trainer.load({ header, weights })
    assert.equal(loaded.kind, kind)
    assert.equal(loaded.itemCount, model.itemCount)
    assert.deepEqual(loaded.save(), saved)
    const past = Uint32Array.of(3, 4, 17)
    assert.deepEqual(loaded.next(past), model.next(past))
  })

  test(`${kind} of one seed is one model`, async () => {
    const [one, same] = [
      await trainer.fit(walks, { seed: 7 }),
      await trainer.fit(walks, { seed: 7 }),
    ]
    assert.deepEqual(same.save(), one.save())
  })

  test(`${kind} has a finite score for every item, however much was met`, async () => {
    const model = await trainer.fit(walks, { seed: 1 })
    const long = Uint32Array.from({ length: 500 }, (_, place) => place % model.itemCount)
    for (const past of [new Uint32Array(), Uint32Array.of(2), Uint32Array.of(2, 2, 2), long]) {
      const scores = model.next(past)
      assert.equal(scores.length, model.itemCount)
      assert.ok(scores.every(Number.isFinite))
      // Whoever asks may write into the answer.
      scores.fill(7)
      assert.ok(model.next(past).some((score) => score !== 7))
    }
  })

  trainerSuite(trainer, walks)
}

const [ringCount, ringSize] = [4, 6]

/** How many items the rings have together. */
export const ringItems = ringCount * ringSize

/** The item so many steps on along its ring. */
export function stepsOn(item: number, steps: number): number {
  const ring = Math.floor(item / ringSize)
  return ring * ringSize + ((item + steps + ringSize) % ringSize)
}

/** 120 walks of 8 steps, of which one in ten leads somewhere else. */
export function ringWalks(): Sequences {
  const random = seededRandom('rings')
  const rows = Array.from({ length: 120 }, (_, walk) => {
    const items = [walk % ringItems]
    while (items.length < 8) {
      const strays = random.next() < 0.1
      items.push(strays ? random.below(ringItems) : stepsOn(items.at(-1)!, 1))
    }
    return items
  })
  return sequencesOf(rows, ringItems)
}
