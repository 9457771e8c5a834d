import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { probability } from '../logistic/logistic-model.ts'
import { groupLevels, levelPlaces } from './group-levels.ts'

/** Rows of one group whose odds lie above what everybody would be foretold. */
function taught(levels: ReturnType<typeof groupLevels>, group: string, above: number, rows = 400) {
  const random = seededRandom(group)
  for (let row = 0; row < rows; row++) {
    const chance = probability(levels.of(group))
    const label = random.next() < probability(above) ? 1 : 0
    levels.learn(group, chance - label, chance * (1 - chance))
  }
}

test('each group comes to its own level, and a new one begins with that of all', () => {
  const levels = groupLevels(2)
  taught(levels, 'generous', 1.5)
  taught(levels, 'strict', -1)
  assert.ok(Math.abs(levels.of('generous') - 1.5) < 0.3, `${levels.of('generous')}`)
  assert.ok(Math.abs(levels.of('strict') + 1) < 0.3, `${levels.of('strict')}`)
  assert.equal(levels.of('new'), 0)
})

test('it goes on from what was saved, bit by bit, and what was saved stays as it was', () => {
  const [whole, first] = [groupLevels(2), groupLevels(2)]
  for (const levels of [whole, first]) taught(levels, 'one', 1, 30)
  const saved = first.save()
  const again = groupLevels(2, saved)
  for (const levels of [whole, again]) taught(levels, 'one', 1, 30)
  assert.deepEqual(again.save(), whole.save())
  assert.notDeepEqual(saved, again.save())
})

test('more groups than there are places take over from others, and begin anew', () => {
  const levels = groupLevels(2)
  const names = Array.from({ length: 3 * levelPlaces }, (_, n) => `group ${n}`)
  for (const name of names) levels.learn(name, -0.5, 0.25)
  const known = names.filter((name) => levels.of(name) !== 0)
  assert.ok(known.length > levelPlaces / 2 && known.length <= levelPlaces)
  for (const name of known) assert.equal(levels.of(name), 0.5 / 2.25)
})
