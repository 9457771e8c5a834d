import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { manualClock } from '../../events/clock.ts'
import { type Action, actions } from '../../events/event.ts'
import { defaultSignals, positiveSignal, signalOf } from '../../events/signals.ts'
import { type MadeUpLake, madeUpLake } from './made-up-lake.suite.ts'
import { metricsOver } from './metrics.ts'
import { successOf } from './success.ts'

const begin = Date.UTC(2026, 6, 1)
const spanMs = 3_600_000
const stepMs = 600_000

interface Row {
  readonly at: number
  readonly action: Action
  readonly user: string
  readonly item: string
  readonly scene: string
  readonly sources: readonly string[]
  readonly value: number | null
}

// Some lie outside the span, and some items have no tags.
const row: fc.Arbitrary<Row> = fc.record({
  at: fc.oneof(
    fc.integer({ min: begin - 60_000, max: begin + spanMs + 60_000 }),
    // The moments at which spans and steps begin and end.
    fc
      .constantFrom(0, stepMs, spanMs)
      .chain((edge) => fc.constantFrom(edge - 1, edge))
      .map((ms) => begin + ms),
  ),
  action: fc.constantFrom<Action>('impression', 'impression', 'click', 'like', 'read', 'play'),
  user: fc.constantFrom('ann', 'bob', 'eve'),
  item: fc.constantFrom('a', 'b', 'c'),
  scene: fc.constantFrom('home', 'side', ''),
  sources: fc.subarray(['trending', 'fresh', 'similar']),
  value: fc.option(fc.double({ min: 0, max: 100_000, noNaN: true })),
})

const tags: Readonly<Record<string, readonly string[]>> = { a: ['x', 'y'], b: ['y'], c: [] }

/** The slices that a row stands in, told without SQL. */
const slicesOf: Readonly<Record<string, (row: Row) => readonly string[]>> = {
  scene: ({ scene }) => [scene],
  user: ({ user }) => [user],
  action: ({ action }) => [action],
  source: ({ sources }) => (sources.length > 0 ? sources : ['']),
  'item.tags': ({ item }) => (tags[item]!.length > 0 ? tags[item]! : ['']),
}

const counted: Readonly<Record<string, (rows: readonly Row[]) => number | null>> = {
  actions: (rows) => rows.length,
  clicks: (rows) => countOf(rows, 'click'),
  impressions: (rows) => countOf(rows, 'impression'),
  ctr: (rows) => shareOf(countOf(rows, 'click'), countOf(rows, 'impression')),
  users: (rows) => new Set(rows.map(({ user }) => user)).size,
}

const countOf = (rows: readonly Row[], action: Action): number =>
  rows.filter((each) => each.action === action).length

const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

describe('metrics, held against a recount', () => {
  let lake: MadeUpLake
  before(async () => {
    lake = await madeUpLake()
    const items = Object.entries(tags)
    await lake.put(
      'items',
      items.map(([item, of]) => ({ at: 0, item, withdrawn: false, attributes: { tags: of } })),
    )
  })
  after(() => lake[Symbol.dispose]())

  const filled = async (rows: readonly Row[]) => {
    await lake.query('DELETE FROM actions', [])
    await lake.put(
      'actions',
      rows.map((each) => ({ ...each })),
    )
    return metricsOver({
      ...{ reader: lake, clock: manualClock(begin), kindAttribute: 'tags' },
      signals: () => defaultSignals,
    })
  }

  const span = { from: begin, to: begin + spanMs }
  const inSpan = (rows: readonly Row[]) =>
    rows.filter(({ at }) => at >= begin && at < begin + spanMs)

  it('count what a loop counts, by any two dimensions and step by step', async () => {
    const dimension = fc.constantFrom(...Object.keys(slicesOf))
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 40 }),
        fc.uniqueArray(dimension, { maxLength: 2 }),
        fc.boolean(),
        async (rows, by, stepped) => {
          const metrics = await filled(rows)
          const measures = Object.keys(counted)
          const answer = await metrics.queryMetrics({
            ...{ measures, by, ...span },
            ...(stepped && { stepMs }),
          })
          for (const { at = begin, slice, values } of answer.rows) {
            const end = stepped ? at + stepMs : begin + spanMs
            const here = inSpan(rows).filter(
              (each) =>
                each.at >= at &&
                each.at < end &&
                by.every((name, place) => slicesOf[name]!(each).includes(slice[place]!)),
            )
            assert.deepEqual(
              values,
              measures.map((name) => counted[name]!(here)),
            )
          }
          const wanted = new Set(
            inSpan(rows).flatMap((each) =>
              by.reduce<readonly string[]>(
                (keys, name) =>
                  keys.flatMap((key) => slicesOf[name]!(each).map((value) => `${key}|${value}`)),
                [''],
              ),
            ),
          )
          const found = new Set(answer.rows.map(({ slice }) => ['', ...slice].join('|')))
          assert.deepEqual([...found].sort(), by.length === 0 ? [''] : [...wanted].sort())
        },
      ),
      { numRuns: 40 },
    )
  })

  it('add up: slices and steps of a sum are the whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 40 }),
        fc.constantFrom('scene', 'user', 'action', 'hour', 'item'),
        fc.constantFrom('actions', 'clicks', 'dwell_total'),
        async (rows, by, measure) => {
          const metrics = await filled(rows)
          const ask = async (more: object): Promise<number> => {
            const asked = { measures: [measure], ...span, ...more }
            const answer = await metrics.queryMetrics(asked)
            return answer.rows.reduce((sum, { values }) => sum + (values[0] ?? 0), 0)
          }
          const whole = await ask({})
          for (const part of [{ by: [by] }, { stepMs }, { by: [by], stepMs }]) {
            const sum = await ask(part)
            assert.ok(Math.abs(sum - whole) <= 1e-9 * (1 + whole), `${sum} is not ${whole}`)
          }
        },
      ),
      { numRuns: 25 },
    )
  })

  it('call a success what training calls a like', async () => {
    const value = fc.option(
      fc.oneof(fc.double({ min: -2, max: 5, noNaN: true }), fc.integer({ min: 0, max: 20_000 })),
    )
    const number = fc.integer({ min: -6, max: 6 }).map((half) => half / 2)
    const weight = fc.record(
      { weight: number, neutral: number, scale: number.map((scale) => scale || 1) },
      { requiredKeys: ['weight'] },
    )
    const signals = fc.oneof(
      fc.constant(defaultSignals),
      fc.dictionary(fc.constantFrom(...actions), weight),
    )
    await fc.assert(
      fc.asyncProperty(signals, fc.constantFrom(...actions), value, async (told, action, value) => {
        const parameters: (string | number)[] = [action]
        const bind = (bound: string | number): string => `$${parameters.push(bound)}`
        const number = value === null ? 'NULL' : `CAST(${bind(value)} AS DOUBLE)`
        const sql = `SELECT CAST(${successOf(told, { bind })} AS DOUBLE)
          FROM (SELECT $1::VARCHAR AS action, ${number} AS value)`
        const [answer] = await lake.query(sql, parameters)
        const wanted = signalOf(told, action, value ?? undefined) >= positiveSignal
        assert.equal(answer?.[0], Number(wanted))
      }),
      { numRuns: 150 },
    )
  })
})
