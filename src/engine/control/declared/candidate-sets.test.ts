import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourceNames } from '../../recipes/recipes.ts'
import { recallFamilies } from '../../training/kinds/recall/families.ts'
import { candidateSets, takenNames } from './candidate-sets.ts'

test('a set bears no name that a source has already', () => {
  for (const name of sourceNames) assert.ok(takenNames.has(name), name)
  for (const { name } of recallFamilies) assert.ok(takenNames.has(name), name)
})

test('what is wrong with a declaration is said with its place and what may stand there', () => {
  const refused: readonly (readonly [object, string, RegExp])[] = [
    [{ kind: 'hot', hours: 800 }, 'value.x.hours', /800 must be a number >= 0\.083\d* and <= 720/],
    [{ kind: 'hot', hour: 1 }, 'value.x.hour', /is no setting of hot; there are kind, capacity,/],
    [{ kind: 'hot', formula: { commented: 2 } }, 'value.x.formula.commented', /comment, delete-/],
    [{ kind: 'warm' }, 'value.x.kind', /must be one of newest, hot, velocity/],
    [{ kind: 'newest', capacity: 500 }, 'value.x.capacity', /500 must be a whole .* <= 300/],
    [
      { kind: 'operator', filter: 'year >' },
      'value.x.filter',
      /x\.filter at column 7: expected a /,
    ],
    [{ kind: 'operator', items: [], from: 'soon' }, 'value.x.from', /a time such as "2026/],
  ]
  for (const [set, field, message] of refused) {
    // Plain data.
    const value = { x: set } as unknown as Parameters<typeof candidateSets.check>[0]
    assert.throws(() => candidateSets.check(value), { code: 'invalid_argument', field, message })
  }
})
