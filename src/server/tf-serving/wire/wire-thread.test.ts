import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import type { Signature } from '../../../models/serving/servable.ts'
import { wireThread } from './wire-thread.ts'
import { workHere } from './wire-work.ts'

const signature: Signature = {
  inputs: [
    { name: 'userId', type: 'int64', width: 1 },
    { name: 'word', type: 'string', width: 1 },
    { name: 'x', type: 'float32', width: 2 },
  ],
  outputs: [{ name: 'click' }, { name: 'dwell', isScalar: true }],
}

const wire = wireThread()
after(() => wire[Symbol.asyncDispose]())

const random = seededRandom('bodies')
const bodyOf = (rowCount: number, userId: (row: number) => string): Uint8Array => {
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const x = `[${random.next()}, ${row % 7 === 0 ? 'NaN' : random.next()}]`
    return `{"userId": ${userId(row)}, "word": "wörd ${row}", "x": ${x}}`
  })
  return Buffer.from(`{"instances": [${rows.join(', ')}]}`)
}

describe('bodies that are read in a thread', () => {
  for (const [what, body] of [
    ['small', bodyOf(3, String)],
    ['large', bodyOf(2_000, String)],
    ['large, with ids beyond 2^53', bodyOf(2_000, (row) => `${2n ** 60n + BigInt(row)}`)],
  ] as const)
    it(`hold the same as those that are read here: ${what}`, async () => {
      const there = await wire.read(body.slice(), 'predict', signature)
      const here = workHere.read(body, 'predict', signature)
      assert.equal(there.format, 'row')
      assert.equal(there.asked.rowCount, here.asked.rowCount)
      assert.deepEqual([...there.asked.columns.keys()], [...here.asked.columns.keys()])
      for (const [name, values] of here.asked.columns)
        assert.deepEqual([...there.asked.columns.get(name)!], [...values], name)
    })

  it('are refused in the same words', async () => {
    const body = Buffer.concat([bodyOf(2_000, String).subarray(0, -2), Buffer.from(', 5]}')])
    let expected = ''
    try {
      workHere.read(body, 'predict', signature)
    } catch (error) {
      expected = (error as Error).message
    }
    assert.match(expected, /item 2000 of input list/)
    const refused = { code: 'invalid_argument', message: expected }
    await assert.rejects(Promise.resolve(wire.read(body, 'predict', signature)), refused)
  })

  it('leave the body as it was, and let others have their turn', async () => {
    const body = bodyOf(40_000, String)
    const before = body.slice()
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    const { asked } = await wire.read(body, 'predict', signature)
    clearInterval(timer)
    assert.equal(asked.rowCount, 40_000)
    assert.ok(ticks > 3, `${ticks} ticks`)
    assert.deepEqual(body, before)
  })

  it('are refused where too many wait', async () => {
    const body = bodyOf(2_000, String)
    const reads = Array.from({ length: 18 }, () =>
      Promise.resolve(wire.read(body, 'predict', signature)).then(
        () => 'read',
        (error: { code: string }) => error.code,
      ),
    )
    const found = await Promise.all(reads)
    assert.deepEqual([...new Set(found.slice(0, 16))], ['read'])
    assert.deepEqual(found.slice(16), ['resource_exhausted', 'resource_exhausted'])
  })
})

describe('answers that are written in a thread', () => {
  it('say the same as those that are written here, and leave the scores', async () => {
    const scores = [0, 1].map(() => Float32Array.from({ length: 3_000 }, () => random.next()))
    scores[1]![4] = Number.NaN
    const scored = { outputs: signature.outputs, scores, rowCount: 3_000 }
    for (const method of ['predict', 'classify', 'regress'] as const) {
      const text = await wire.write(method, 'row', scored)
      assert.deepEqual(Buffer.from(text), workHere.write(method, 'row', scored))
    }
    assert.equal(scores[0]!.length, 3_000)
  })
})
