import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { floatText, readLooseJson } from './loose-json.ts'

describe('JSON of TensorFlow Serving', () => {
  it('knows numbers that JSON has no word for', () => {
    const read = readLooseJson('{"a": [NaN, Infinity, -Infinity, -Inf, 1.5e3, "NaN"], "b": null}')
    assert.deepEqual(read, {
      a: [Number.NaN, Infinity, -Infinity, -Infinity, 1500, 'NaN'],
      b: null,
    })
  })

  it('keeps whole numbers of 64 bits as they are', () => {
    const read = readLooseJson('[1115629498121846784, 9007199254740993, -3, 0.1234567890123456]')
    assert.deepEqual(read, [1115629498121846784n, 9007199254740993n, -3, 0.1234567890123456])
  })

  it('reads any JSON as JSON.parse does, also the careful way', () => {
    const property = fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = JSON.stringify(value)
      const plain = JSON.parse(text) as unknown
      assert.deepEqual(normal(readLooseJson(text)), plain)
      const [first] = readLooseJson(`[${text},\n NaN ]`) as readonly unknown[]
      assert.deepEqual(normal(first), plain)
    })
    fc.assert(property, { numRuns: 200 })
  })

  it('says where a text is no JSON', () => {
    const cases: readonly [string, RegExp][] = [
      ['', /JSON Parse error: The document is empty/],
      ['{"a": nan}', /Invalid value\. at offset: 6/],
      ['[1, 2', /Missing a comma or \] after an array element\. at offset: 5/],
      ['{"a" 1}', /Missing a colon .* at offset: 5/],
      ['{a: 1}', /Missing a name for object member\. at offset: 1/],
      ['["a]', /Missing a closing quotation mark/],
      ['[1] 2', /must not be followed by other values\. at offset: 4/],
      ['[1e999, NaN]', /Number too big/],
      [`${'['.repeat(100_000)}NaN`, /nested too deep/],
    ]
    for (const [text, message] of cases) {
      assert.throws(() => readLooseJson(text), { code: 'invalid_argument', message })
    }
  })

  it('reads hostile keys as keys', () => {
    const read = readLooseJson('{"__proto__": {"x": 1}, "n": NaN}') as object
    assert.deepEqual(Object.keys(read), ['__proto__', 'n'])
    assert.equal(Object.getPrototypeOf(read), Object.prototype)
  })
})

/** Whole numbers beyond 2^53 came as such; JSON.parse rounds them. */
const normal = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? Number(each) : each)))

describe('numbers of single precision', () => {
  it('come back as they were, in few digits', () => {
    assert.deepEqual(
      [0.82, 0.5, 1, -3, 1e-7, 16777216, 3.5e38].map((value) => floatText(Math.fround(value))),
      ['0.82', '0.5', '1.0', '-3.0', '1e-7', '16777216.0', 'Infinity'],
    )
    assert.equal(floatText(Number.NaN), 'NaN')
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        assert.equal(Math.fround(Number(floatText(value))), value === 0 ? 0 : value)
      }),
    )
  })
})
