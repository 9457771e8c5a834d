import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { StarlingError } from '../../../error.ts'
import type { AttributeType } from '../../../events/event.ts'
import { check } from './check.ts'
import { parseExpression } from './parse.ts'
import { operators } from './syntax.ts'

const schema = new Map<string, AttributeType>([
  ['year', 'number'],
  ['title', 'text'],
  ['genres', 'tags'],
  ['publishedAt', 'time'],
  ['place', 'geo'],
  ['in', 'vector'],
])

const sound = [
  'year >= 1990 and genres has any ["Comedy", \'Drama\']',
  'not (title contains "pan\\u0041" or publishedAt >= now - 7d)',
  'within(place, -52.5, 13.4, 10km) or exists(`in`) and age < 1.5w',
  'id in ["a", "b"] and (publishedAt < 2020-01-31T08:00:00+01:00)',
]

const scrap = fc.constantFrom(
  ...['year', 'title', 'genres', 'place', '`in`', 'in', 'has', 'any', 'all', 'not', 'and', 'or'],
  ...['exists', 'within', 'contains', 'now', 'id', 'age', '(', ')', '[', ']', ',', '-', '+', '.'],
  ...['"Pan"', '"', "'", '`', '\\', '\\u00', '1', '1e9', '7d', '10km', '2020-01-01', '2020-13'],
  ...['\0', '\ud800', '日', '🦜', ' ', '\n', ...operators],
)

const soup = fc.array(scrap, { maxLength: 12 }).map((scraps) => scraps.join(' '))
const mash = fc.array(scrap, { maxLength: 12 }).map((scraps) => scraps.join(''))
const damaged = fc
  .tuple(fc.constantFrom(...sound), fc.nat(70), fc.nat(3), scrap)
  .map(([text, at, lost, scrap]) => text.slice(0, at) + scrap + text.slice(at + lost))
const anything = fc.string({ unit: 'binary' })

test('no text at all is refused otherwise than as an invalid filter', () => {
  let [kept, refused] = [0, 0]
  const property = fc.property(fc.oneof(soup, mash, damaged, anything), (text) => {
    try {
      check(parseExpression(text), schema, 0)
      kept++
    } catch (error) {
      refused++
      assert.ok(error instanceof StarlingError, `${text}: ${error}`)
      assert.equal(error.code, 'invalid_argument')
      assert.equal(error.field, 'filter')
      const column = Number(/ filter at column (\d+): /.exec(error.message)?.[1])
      assert.ok(column >= 1 && column <= text.length + 1, error.message)
    }
  })
  // fast-check prints the seed and the path of a failure.
  fc.assert(property, { numRuns: 5_000 })
  assert.ok(kept > 50 && refused > 1_000, `${kept} kept, ${refused} refused`)
})

test('the sound texts are sound', () => {
  for (const text of sound) assert.doesNotThrow(() => check(parseExpression(text), schema, 0))
})
