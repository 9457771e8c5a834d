import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { type DriftWatch, driftWatch } from './drift-watch.ts'

/** Rows whose chance is known, told to the watch with some noise, or none, on either side. */
function play(watch: DriftWatch, count: number, noise: { online: number; stale: number }, by = 0) {
  const random = seededRandom('drift')
  const blocks = []
  for (let row = 0; row < count; row++) {
    const odds = 4 * (random.next() - 0.5)
    const at = (of: number) => 1 / (1 + Math.exp(-(odds + of * 4 * (random.next() - 0.5))))
    const [online, stale] = [at(noise.online), 1 / (1 + Math.exp(-(odds + by)))]
    const label = random.next() < 1 / (1 + Math.exp(-odds)) ? 1 : 0
    const group = `page ${Math.floor(row / 10)}`
    const told = { online, stale: noise.stale ? at(noise.stale) : stale, label, group }
    blocks.push(watch.see(told) ?? [])
  }
  return blocks.flat()
}

test('a model that got worse is found out in its block, and a better one is not', () => {
  const worse = play(driftWatch(), 2_000, { online: 2, stale: 0 })
  assert.equal(worse.length, 4)
  assert.ok(worse.every(({ isWorse }) => isWorse))
  const better = play(driftWatch(), 2_000, { online: 0, stale: 2 })
  assert.ok(better.every(({ isWorse, online, stale }) => !isWorse && online < stale))
  assert.ok(play(driftWatch(), 20_000, { online: 0, stale: 0 }).every(({ isWorse }) => !isWorse))
})

test('to know the new mean alone hides nothing: the stale one is given it too', () => {
  const watch = driftWatch()
  // The stale model is out by a constant, the other one wild: the constant is made up for.
  const blocks = play(watch, 3_000, { online: 2, stale: 0 }, 2)
  assert.ok(blocks.slice(1).every(({ isWorse }) => isWorse))
  assert.ok(Math.abs(watch.save().shift + 2) < 0.4, `${watch.save().shift}`)
  assert.ok(Math.abs(watch.fair(0.88) - 0.5) < 0.1)
})

test('a loss that is lower by following whoever is active does not hide a worse order', () => {
  const random = seededRandom('active')
  const watch = driftWatch()
  const blocks = []
  for (let row = 0; row < 2_000; row++) {
    const page = Math.floor(row / 10)
    // Who asks now likes nearly all or nothing: the online model knows, and orders by chance.
    const mood = page % 2 === 0 ? 2 : -2
    const odds = 3 * (random.next() - 0.5)
    const label = random.next() < 1 / (1 + Math.exp(-(odds + mood))) ? 1 : 0
    const online = 1 / (1 + Math.exp(-(mood - odds / 5)))
    const stale = 1 / (1 + Math.exp(-odds))
    blocks.push(watch.see({ online, stale, label, group: `page ${page}` }) ?? [])
  }
  for (const { online, stale, isWorse } of blocks.flat()) {
    assert.ok(online < stale - 0.1, `${online}, ${stale}`)
    assert.ok(isWorse)
  }
})

test('where labels come late, the mean that both aim at is that of all of them', () => {
  const watch = driftWatch()
  const [all, group] = [0.4, 'page']
  const random = seededRandom('late')
  for (let row = 0; row < 20_000; row++) {
    const isLiked = random.next() < all
    // Each second like is told of as a miss first, and then corrected.
    const isLate = isLiked && row % 2 === 0
    watch.see({ online: all, stale: 0.1, label: isLiked && !isLate ? 1 : 0, group })
    if (isLate) watch.correct({ stale: 0.1, label: 1 }, 1 / (1 - watch.fair(0.1)))
  }
  assert.ok(Math.abs(watch.fair(0.1) - all) < 0.08, `${watch.fair(0.1)}`)
})

test('it goes on from what was saved, and a block that was cleared counts for nothing', () => {
  const [unbroken, first] = [driftWatch(), driftWatch()]
  const row = (index: number) => ({
    ...{ online: 0.3, stale: 0.4, label: index % 3 === 0 ? 1 : 0 },
    group: `page ${Math.floor(index / 8)}`,
  })
  for (let index = 0; index < 900; index++) unbroken.see(row(index))
  for (let index = 0; index < 333; index++) first.see(row(index))
  const second = driftWatch({}, JSON.parse(JSON.stringify(first.save())))
  for (let index = 333; index < 900; index++) second.see(row(index))
  assert.deepEqual(second.save(), unbroken.save())
  assert.equal(second.last?.rows, 500)
  second.clear()
  assert.deepEqual(second.save().rows, [])
})

test('chances of 0 and 1 are no reason to lose count', () => {
  const watch = driftWatch({ blockRows: 2 })
  watch.see({ online: 0, stale: 1, label: 1, group: '' })
  const block = watch.see({ online: 1, stale: 0, label: 0, group: '' })!
  assert.ok(Number.isFinite(block.online) && Number.isFinite(block.stale))
  assert.throws(() => driftWatch({ blockRows: 1 }), /blockRows 1 must be a whole number >= 2/)
})
