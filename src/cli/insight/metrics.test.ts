import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { startedAt, type TestServer, testServer } from '../../server/test-server.ts'
import type { Command } from '../command.ts'
import { metricsCommand } from './metrics.ts'
import { reportCommand } from './report.ts'

// A server in which Ann clicked twice and Bob once.
let server: TestServer
before(async () => {
  server = await testServer()
  const events = ['ann', 'ann', 'bob'].map((user) => ({ type: 'click', user, item: 'item-1' }))
  await server.engine.track(events)
})
after(() => server.close())

/** What a command says of it. */
async function said(
  command: Command,
  values: Readonly<Record<string, string | boolean>>,
  positionals: readonly string[] = [],
): Promise<string> {
  let text = ''
  const print = (line: string): void => {
    text += `${line}\n`
  }
  const code = await command.run({
    values: { against: server.base, ...values },
    positionals,
    terminal: { print, tell: print, progress: () => undefined },
    signal: new AbortController().signal,
  })
  assert.equal(code, 0)
  return text
}

const span = { from: new Date(startedAt).toISOString(), to: '2030-01-01' }

describe('starling metrics', () => {
  it('shows slices as a table', async () => {
    assert.equal(
      await said(metricsCommand, { measure: 'actions', by: 'user', ...span }),
      [
        '2024-05-01T00:00:00.000Z to 2030-01-01T00:00:00.000Z, ' +
          'counted through 2024-05-01T00:00:00.000Z',
        '',
        'user  actions',
        '────  ───────',
        'ann         2',
        'bob         1',
        '',
      ].join('\n'),
    )
  })

  it('gives the answer to machines, and lists what there is', async () => {
    const json = await said(metricsCommand, { measure: 'actions', json: true, ...span })
    assert.deepEqual(JSON.parse(json).rows, [{ slice: [], values: [3] }])
    assert.match(await said(metricsCommand, { list: true }), /^actions {2}count {2}Actions\.$/m)
  })

  it('says what is wrong with a question before it asks, or as the server says it', async () => {
    const fails = (values: Readonly<Record<string, string>>, message: RegExp) =>
      assert.rejects(said(metricsCommand, values), { code: 'invalid_argument', message })
    await fails({}, /measure must name what to count/)
    await fails({ measure: 'actions', where: 'source' }, /where source must be such as/)
    await fails({ measure: 'actions', step: '1' }, /step 1 must be a number of seconds/)
    await fails({ measure: 'actions', against: 'nowhere' }, /against nowhere must be an address/)
    await fails({ measure: 'actions', by: 'moon' }, /by must be of action, user, item/)
  })

  it('says that nobody answers', async () => {
    await assert.rejects(
      said(metricsCommand, { measure: 'actions', against: 'http://127.0.0.1:9' }),
      { code: 'unavailable', message: /127\.0\.0\.1:9 gave no answer; is a server running/ },
    )
  })
})

describe('starling report', () => {
  it('shows each week with its sources, and which is the weakest', async () => {
    assert.equal(
      await said(reportCommand, { weeks: '2' }, ['sources']),
      [
        'Week of 2024-04-22',
        'nothing was shown',
        '',
        'Week of 2024-04-29',
        'source   shown  successes  share of success     rate',
        '───────  ─────  ─────────  ────────────────  ───────',
        'popular  1,234         12           80.00 %   0.97 %',
        'random      10          1           20.00 %  10.00 %',
        'The weakest: random',
        '',
      ].join('\n'),
    )
  })

  it('asks what to report', async () => {
    await assert.rejects(
      said(reportCommand, {}, ['moons']),
      /is followed by what to report: sources/,
    )
  })
})
