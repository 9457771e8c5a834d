import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Model, Stream } from '../../state/api.ts'
import { worriesOf } from './troubles.ts'

const stream = (told: Partial<Stream>): Stream => ({
  ...{ group: 'lake', description: '', checkpoint: 1, position: 1, head: 1, lag: 0, lagMs: 0 },
  ...{ eventsPerSecond: 0, held: false, members: [] },
  ...told,
})
const model = (version: string, status: Model['status']): Model => ({
  ...{ name: 'ranker', version, status, trainedAt: '2026-11-22T00:00:00Z', metrics: {} },
})
const words = (...told: Parameters<typeof worriesOf>) => worriesOf(...told).map((one) => one.words)

it('worries about nothing that it does not know, nor about what is well', () => {
  assert.deepEqual(words({}), [])
  const status = { items: 1, events: 1, logBytes: 1, lag: 2 }
  assert.deepEqual(words({ streams: [stream({ lagMs: 900 })], status, failureShare: 0 }), [])
})

it('says in words what lags, what stopped and what fails, the worst first', () => {
  const told = worriesOf({
    streams: [
      stream({ lagMs: 180_000, lag: 12_345, held: true }),
      stream({ group: 'nearline', failure: 'the disk is full', lagMs: 900_000 }),
    ],
    status: { items: 1, events: 9, logBytes: 1, lag: 20_000 },
    failureShare: 0.25,
  })
  assert.deepEqual(
    told.map(({ grade, words }) => [grade, words]),
    [
      ['bad', 'nearline cannot go on: the disk is full'],
      ['bad', '25 % of the stages that ran failed'],
      ['warn', 'lake is 12.3K events, 3 min behind: what it writes to is slow'],
      ['warn', '20K events are not yet in the state'],
    ],
  )
})

it('does not take the age of events that were brought in for a delay', () => {
  const imported = stream({ lagMs: 9e11, lag: 500 })
  assert.deepEqual(words({ streams: [imported] }), ['lake is 500 events behind'])
})

it('forgets a model that failed when a newer one is there', () => {
  assert.equal(words({ models: [model('9', 'ready'), model('10', 'failed')] }).length, 1)
  assert.deepEqual(words({ models: [model('10', 'serving'), model('9', 'failed')] }), [])
})
