import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import { mlpFile } from './onnx-file.suite.ts'
import { type ScoringTeamOptions, scoringTeam } from './scoring-team.ts'
import type { ScoringThread } from './scoring-thread.ts'
import type { Feeds } from './tensors.ts'

const width = 64
const random = seededRandom('team')
const model = mlpFile([width, 256, 1], () => random.next() - 0.5)

const rowsOf = (count: number): Feeds => [
  { name: 'x', type: 'float32', dims: [count, width], data: new Float32Array(count * width) },
]

const opened: ScoringThread[] = []
after(() => Promise.all(opened.map((team) => team[Symbol.asyncDispose]())))

function teamOf(options: ScoringTeamOptions): ScoringThread {
  const team = scoringTeam(options)
  opened.push(team)
  return team
}

describe('a team of scoring threads', () => {
  it('gives the same numbers in every thread, each model as long as it is open', async () => {
    const team = teamOf({ threadCount: 2 })
    const session = await team.open(model)
    const values = Float32Array.from({ length: 3 * width }, () => random.next())
    const feeds = (): Feeds => [
      { name: 'x', type: 'float32', dims: [3, width], data: values.slice() },
    ]
    const ran = await Promise.all(Array.from({ length: 8 }, () => team.run(session, feeds())))
    for (const { outputs } of ran) assert.deepEqual(outputs, ran[0]!.outputs)
    assert.equal(ran[0]!.outputs[0]!.data.length, 3)
    await team.close(session)
    await assert.rejects(team.run(session, feeds()), { code: 'unavailable' })
  })

  it('leaves out what nobody waits for any more, and goes on with the rest', async () => {
    const team = teamOf({ threadCount: 1 })
    const session = await team.open(model)
    const ends = new AbortController()
    const order: string[] = []
    const long = team.run(session, rowsOf(20_000)).then(() => order.push('long'))
    const given = team.run(session, rowsOf(1), ends.signal)
    const refused = assert.rejects(given, /nobody waits/)
    const last = team.run(session, rowsOf(1)).then(() => order.push('last'))
    ends.abort(new Error('nobody waits'))
    await refused
    assert.deepEqual(order, [])
    await Promise.all([long, last])
    assert.deepEqual(order, ['long', 'last'])
    await assert.rejects(team.run(session, rowsOf(1), ends.signal), /nobody waits/)
  })

  it('refuses what is more than may wait', async () => {
    const team = teamOf({ threadCount: 1, waitingMax: 2 })
    const session = await team.open(model)
    const runs = Array.from({ length: 3 }, () => team.run(session, rowsOf(5_000)))
    await assert.rejects(team.run(session, rowsOf(1)), {
      code: 'resource_exhausted',
      message: /2 runs wait for the scoring threads/,
    })
    assert.equal((await Promise.all(runs)).length, 3)
    // There is room again.
    await team.run(session, rowsOf(1))
  })

  it('tells whoever brings it of a model that it can not load, and of one that was closed', async () => {
    const team = teamOf({ threadCount: 1 })
    await assert.rejects(team.open(new Uint8Array(8)), { code: 'failed_precondition' })
    const session = await team.open(model)
    const busy = team.run(session, rowsOf(10_000))
    const waits = assert.rejects(team.run(session, rowsOf(1)), /the model was closed/)
    await team.close(session)
    await Promise.all([busy, waits])
  })
})
