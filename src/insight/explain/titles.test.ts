import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spoken, titlesOf } from './titles.ts'

test('a title is said as people say it, however it is filed', () => {
  const said = [
    ['American President, The', 'The American President'],
    ["Avventura, L'", "L'Avventura"],
    ['Cité des enfants perdus, La (The City of Lost Children)', 'La Cité des enfants perdus'],
    ["Harry Potter and the Sorcerer's Stone (a.k.a. …)", "Harry Potter and the Sorcerer's Stone"],
    ['(500) Days of Summer', '(500) Days of Summer'],
    ['Monsters, Inc.', 'Monsters, Inc.'],
  ] as const
  for (const [filed, title] of said) assert.equal(spoken(filed), title)
})

test('what has no title has a name, and what has neither its id', () => {
  const texts: Readonly<Record<string, readonly string[]>> = {
    title: ['Heat', ' '],
    name: ['x', ''],
  }
  const text = (attribute: string, item: number) => texts[attribute]?.[item]
  const titleOf = titlesOf({ text }, { id: (item) => `id${item}` })
  assert.deepEqual([0, 1, 2].map(titleOf), ['Heat', 'id1', 'id2'])
})
