import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readManifest } from './manifest.ts'

const withSource = (source: unknown) =>
  readManifest({ inputs: { year: { source } }, outputs: { click: {} } }).features[0]!.source

test('where a feature comes from is judged with the manifest, and not by a feed', () => {
  const sources = [
    { from: 'item-age' },
    { from: 'item-number', attribute: 'year' },
    { from: 'item-ratio', of: 'click', per: 'impression', before: [1, 10] },
    { from: 'item-tags', attribute: 'genres', count: 1, none: '(none)' },
    { from: 'user-rated-items', count: 5, last: 100, least: 3.5 },
    { from: 'request-time', part: 'hour' },
  ]
  for (const source of sources) assert.deepEqual(withSource(source), source)

  const wrong: readonly (readonly [source: unknown, why: RegExp])[] = [
    [{ from: 'moon' }, /inputs.year.source.from "moon" must be one of item-number, /],
    [{ from: '__proto__' }, /source.from "__proto__" must be one of/],
    [{ from: 'item-number' }, /source.attribute must be a text/],
    [{ from: 'item-number', attribute: 'year', last: 5 }, /source.last is not known; there are/],
    [{ from: 'item-vector', attribute: 'v', count: 0 }, /source.count .*>= 1/],
    [{ from: 'user-ratings', figure: 'most', last: 5 }, /must be one of count, mean, deviation/],
    [{ from: 'item-ratio', of: 'a', per: 'b', before: [1] }, /must be a list of two numbers/],
    [{ from: 'user-rated-items', count: 1, last: 1 }, /source.least must be a number/],
    [{ from: 'item-tags', attribute: 'a', count: 1, none: 5 }, /source.none must be a text/],
  ]
  for (const [source, message] of wrong) assert.throws(() => withSource(source), { message })
})
