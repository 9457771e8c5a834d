import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { planOf } from './plan.ts'
import type { MetricsRequest } from './question.ts'

const now = Date.UTC(2026, 6, 1, 12, 34)
const hourMs = 3_600_000

function refusal(request: Partial<MetricsRequest>): string {
  try {
    planOf({ measures: ['clicks'], ...request }, now)
  } catch (error) {
    return (error as Error).message
  }
  return 'none'
}

describe('a question', () => {
  it('is about the hour until now unless told', () => {
    const { from, to } = planOf({ measures: ['ctr'] }, now)
    assert.deepEqual([from, to], [now + 1 - hourMs, now + 1])
  })

  it('begins with the first of its steps, where a calendar has it', () => {
    const at = (stepMs: number) => {
      const { from } = planOf({ measures: ['ctr'], from: now, to: now + 1, stepMs }, now)
      return new Date(from).toISOString()
    }
    assert.equal(at(60_000), '2026-07-01T12:34:00.000Z')
    assert.equal(at(hourMs), '2026-07-01T12:00:00.000Z')
    assert.equal(at(24 * hourMs), '2026-07-01T00:00:00.000Z')
    assert.equal(at(7 * 24 * hourMs), '2026-06-29T00:00:00.000Z', 'a Monday')
  })

  it('says what is known where a name is not', () => {
    assert.match(refusal({ measures: ['clicks; DROP'] }), /names "clicks; DROP", which is none; /)
    assert.match(refusal({ measures: ['cliks'] }), /they are actions, impressions, clicks, ctr/)
    assert.match(
      refusal({ measures: ['clicks', 'pages'], by: ['source'] }),
      /^\[invalid_argument\] by names "source", which pages does not have; it has scene, channel, /,
    )
    assert.match(
      refusal({ where: [{ dimension: 'stage', in: ['rank'] }] }),
      /^\[invalid_argument\] where names "stage", which clicks does not have; .*, user\.\*$/,
    )
    for (const name of ['item.', 'item', `item.${'x'.repeat(101)}`, 'constructor', 'items.x', '']) {
      const isKnown = name === 'item'
      assert.equal(refusal({ by: [name] }) === 'none', isKnown, name)
    }
  })

  it('says what is allowed where a number is not', () => {
    const whole = 'must be a whole number'
    assert.match(refusal({ measures: [] }), new RegExp(`measures 0 ${whole} >= 1 and <= 12`))
    assert.match(refusal({ size: 0 }), new RegExp(`size 0 ${whole} >= 1 and <= 1000`))
    assert.match(refusal({ size: 1.5 }), /size 1\.5 must/)
    assert.match(refusal({ stepMs: 10 }), new RegExp(`stepMs 10 ${whole} >= 1000 and`))
    assert.match(refusal({ by: ['hour', 'scene', 'user', 'item'] }), /by 4 must .* <= 3/)
    assert.match(refusal({ by: ['hour', 'hour'] }), /by names a dimension twice/)
    assert.match(refusal({ where: [{ dimension: 'hour', in: [] }] }), /where\.in 0 must .* >= 1/)
    assert.match(refusal({ from: Number.NaN }), /from NaN must be a whole number of ms >= 0/)
    assert.match(refusal({ to: 1e300 }), /to 1e\+300 must/)
    assert.match(refusal({ from: now, to: now }), /from must be before "to"/)
    assert.match(
      refusal({ from: now - 86_400_000, to: now, stepMs: 1_000 }),
      /stepMs makes 86400 steps; at most 10000 are allowed: ask for longer steps/,
    )
  })
})
