import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { askedHouse, instances } from './asked-house.suite.ts'

const { house, post } = askedHouse()

describe('what is wrong with a call', () => {
  const cases: readonly [string, string, unknown, number, RegExp][] = [
    [
      'no such model',
      'rec:predict',
      { instances },
      404,
      /^Servable not found for request: Latest\(rec\)$/,
    ],
    ['no body', 'half:predict', '', 400, /^JSON Parse error: The document is empty$/],
    ['no JSON', 'half:predict', '{"instances": [1', 400, /^JSON Parse error: .* at offset: 16$/],
    ['no object', 'half:predict', [1], 400, /^JSON Value: \[1\] Is not object$/],
    ['no rows', 'half:predict', {}, 400, /^Missing 'inputs' or 'instances' key$/],
    ['both', 'half:predict', { inputs: 1, instances: [1] }, 400, /expecting only one of/],
    ['no list', 'half:predict', { instances: 1 }, 400, /Excepting 'instances' to be an list/],
    ['no instance', 'half:predict', { instances: [] }, 400, /No values in 'instances' array/],
    [
      'another signature',
      'half:predict',
      { signature_name: 'other', instances: [1] },
      400,
      /^Serving signature name: "other" not found in signature def$/,
    ],
    [
      'a text for a number',
      'half:predict',
      { instances: ['a'] },
      400,
      new RegExp(
        "^Failed to process element: 0 of 'instances' list\\. Error: INVALID_ARGUMENT: " +
          'JSON Value: "a" Type: String is not of expected type: float$',
      ),
    ],
    ['a null', 'half:predict', { instances: [null] }, 400, /JSON Value: null Type: Null/],
    [
      'an object beside values',
      'half:predict',
      { instances: [1, {}] },
      400,
      /got object at item 1/,
    ],
    [
      'a vector',
      'half:predict',
      { instances: [[1, 2]] },
      400,
      /Expecting tensor size: 1 but got: 2/,
    ],
    [
      'a plain list for several inputs',
      'recmodel:predict',
      { instances: [1] },
      400,
      /instances is a plain list/,
    ],
    [
      'an input too few',
      'recmodel:predict',
      { instances: [{ movieId: 1 }] },
      400,
      /keys must be equal to: userId$/,
    ],
    [
      'an input that the row before gave',
      'recmodel:predict',
      { instances: [{ userId: 11, movieId: 1 }, { userId: 11 }] },
      400,
      /element: 1 .* keys must be equal to: userId,movieId$/,
    ],
    [
      'an input that the row before left out',
      'recmodel:predict',
      { instances: [{ userId: 11 }, { movieId: 1, userId: 11 }] },
      400,
      /element: 1 .* keys must be equal to: userId$/,
    ],
    [
      'an input too many',
      'recmodel:predict',
      { instances: [{ userId: 11, age: 3 }] },
      400,
      /does not have named input: age/,
    ],
    [
      'a fraction for an id',
      'recmodel:predict',
      { instances: [{ userId: 1.5 }] },
      400,
      /Type: Number is not of expected type: int64/,
    ],
    [
      'a column too few',
      'recmodel:predict',
      { inputs: { movieId: [1] } },
      400,
      /Missing named input: userId/,
    ],
    [
      'columns of several lengths',
      'recmodel:predict',
      { inputs: { userId: [11, 22, 33], movieId: [1, 2] } },
      400,
      /inconsistent batch size: 2 expecting: 3/,
    ],
    [
      'a ragged list',
      'recmodel:predict',
      { inputs: { userId: [11], dense: [[1, 2, 3], [1]] } },
      400,
      /unexpected size: 1 at level: 1 expected size: 3/,
    ],
  ]
  for (const [what, path, body, expected, message] of cases) {
    it(`is said as TensorFlow Serving says it: ${what}`, async () => {
      const { status, text } = await post(path, body)
      const answer = JSON.parse(text)
      assert.deepEqual(Object.keys(answer), ['error'])
      assert.match(answer.error, message)
      assert.equal(status, expected)
    })
  }

  it('is said of a body that is too large', async () => {
    const { status, text } = await post(
      'half:predict',
      `{"instances": [${'1,'.repeat(4_300_000)}1]}`,
    )
    assert.equal(status, 413)
    assert.match(JSON.parse(text).error, /more than 8388608 bytes; send its rows in parts/)
  })

  it('is noted like what goes well', async () => {
    await post('recmodel:predict', { instances })
    const failed = house().calls.filter(({ failure }) => failure !== undefined)
    assert.ok(failed.length >= 20)
    const found = failed.find(({ model }) => model === 'rec')
    assert.deepEqual([found?.version, found?.failure?.code], [undefined, 'not_found'])
    const last = house().calls.at(-1)
    assert.deepEqual([last?.model, last?.version, last?.asked?.rowCount], ['recmodel', 2, 12])
  })
})
