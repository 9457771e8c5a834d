import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { action, day, dayMs, world } from './asked-world.suite.ts'

describe('metrics of visits and runs', () => {
  it('tells who came back the day, week and month after', async () => {
    // Three weeks later; the month after July is not over.
    using made = await world(day + 21 * dayMs)
    const visit = (days: number, user: string) => action([days * 1_440 + 60, 'click', user, 'a'])
    await made.lake.put('actions', [
      // Ann comes on Wednesday and Thursday, Bob the Wednesday after, Eve on Sunday alone.
      ...[visit(0, 'ann'), visit(1, 'ann'), visit(0, 'bob'), visit(7, 'bob'), visit(4, 'eve')],
      // Max was here before; Kim had been Max all along.
      ...[visit(-10, 'max'), visit(0, 'max'), visit(0, 'kim')],
    ])
    await made.lake.put('users', [
      { at: day, user: 'kim', merged_into: 'kit', offset: 1 },
      { at: day, user: 'kit', merged_into: 'max', offset: 2 },
    ])
    const measures = ['new_users', 'retention_day', 'retention_week', 'retention_month']
    const asked = { measures, to: day + 7 * dayMs }
    assert.deepEqual(await made.ask(asked), [[3, 1 / 3, 1 / 3, null]])
    assert.deepEqual(await made.ask({ ...asked, by: ['weekday'] }), [
      ['Wednesday', 2, 1 / 2, 1 / 2, null],
      ['Sunday', 1, 0, 0, null],
    ])
  })

  it('does not hold it against new users that the time to come back is not over', async () => {
    using made = await world(day + 2 * dayMs - 1)
    await made.lake.put('actions', [action([1, 'click', 'ann', 'a'])])
    const measures = ['new_users', 'retention_day']
    assert.deepEqual(await made.ask({ measures }), [[1, null]])
    made.clock.advance(1)
    assert.deepEqual(await made.ask({ measures, size: 49 }), [[1, 0]])
  })

  it('tells the time of stages, and their failures', async () => {
    using made = await world()
    const run = (name: string, ms: number, failure?: string) => ({
      ...{ at: day, run: 'run-1', user: 'ann', recipe: 'mixed', model: 'm', stage: 'recall' },
      ...{ name, ms, rows: 5, dropped: 0, ...(failure && { failure }) },
    })
    await made.lake.put('runs', [
      ...[1, 2, 3, 4].map((ms) => run('trending', ms)),
      { ...run('ranker', 8), stage: 'rank' },
      run('slow', 150, 'too late'),
    ])
    const measures = ['latency_p50', 'latency_p95', 'failures', 'failure_share', 'runs']
    assert.deepEqual(await made.ask({ measures, by: ['stage', 'step'] }), [
      ['recall', 'slow', 150, 150, 1, 1, 1],
      ['rank', 'ranker', 8, 8, 0, 0, 1],
      ['recall', 'trending', 2.5, 3.8499999999999996, 0, 0, 1],
    ])
  })
})
