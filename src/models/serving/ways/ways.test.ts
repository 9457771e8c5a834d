import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { readManifest } from '../manifest.ts'
import { scoringThread } from '../onnx/scoring-thread.ts'
import type { RawColumn } from '../raw-value.ts'
import type { Servable } from '../servable.ts'
import { breaker } from './breaker.ts'
import { openWay } from './open-way.ts'

const folder = mkdtempSync(join(tmpdir(), 'starling-ways-'))
const thread = scoringThread()
after(async () => {
  await thread[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

const ids = { userId: { dtype: 'string' }, movieId: { dtype: 'string' } }
const open = (declared: object, files: Record<string, string> = {}) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const whole = { inputs: ids, outputs: { score: {} }, ...declared }
  return openWay(readManifest(whole), folder, thread)
}

/** The score of each movie for one user, in few digits. */
async function scores(served: Servable, user: string, movies: readonly string[]) {
  const columns = new Map<string, RawColumn>([
    ['userId', [user]],
    ['movieId', movies],
  ])
  const [found] = await served.predict({ rowCount: movies.length, columns })
  return Array.from(found!, (score) => Number(score.toFixed(4)))
}

describe('results computed beforehand', () => {
  it('are looked up, by pairs, with those of nobody for whom the table does not know', async () => {
    const table = 'user,item,score\n6,a,0.9\n6,b,-1\n\n,a,0.2\n,c,0.1\n'
    const served = await open({ format: 'table', absent: -5 }, { 'scores.csv': table })
    assert.deepEqual(await scores(served, '6', ['a', 'b', 'c']), [0.9, -1, -5])
    assert.deepEqual(await scores(served, 'never seen', ['a', 'b', 'c']), [0.2, -5, 0.1])
  })

  it('are lists, best first, where they come without scores', async () => {
    const served = await open({ format: 'table', file: 'l.csv' }, { 'l.csv': '6\tc\n6\ta\n7\tb\n' })
    assert.deepEqual(await scores(served, '6', ['a', 'b', 'c']), [0.5, 0, 1])
  })

  it('are refused where a line is none, by its number', async () => {
    const opening = open({ format: 'table' }, { 'scores.csv': '6,a,1\n6,b,good\n' })
    await assert.rejects(opening, /scores\.csv:2 "good" must be a number/)
    await assert.rejects(open({ format: 'table', file: 'none.csv' }), {
      code: 'failed_precondition',
    })
    await assert.rejects(
      open({ format: 'table', file: '../x' }),
      /must be the name of a file beside/,
    )
    const nobody = open({ format: 'table', inputs: { a: {}, b: {} } }, { 'scores.csv': '6,a\n' })
    await assert.rejects(nobody, /must hold one single id with "holds": "user"; there are 0/)
  })
})

describe('embeddings with a light model', () => {
  const files = {
    'users.txt': '2 2\n6 1 0\n7 3 4\n',
    'items.txt': 'a:1 0\nb:0 2\nc:3 4\n',
  }

  it('are compared by dot product or cosine, the mean of all standing for the unknown', async () => {
    const dot = await open({ format: 'embeddings' }, files)
    assert.deepEqual(await scores(dot, '7', ['a', 'b', 'c']), [3, 8, 25])
    assert.deepEqual(await scores(dot, 'new', ['a', 'b', 'new']), [2, 4, 6.6667])
    const cosine = await open({ format: 'embeddings', measure: 'cosine' }, files)
    assert.deepEqual(await scores(cosine, '7', ['a', 'b', 'c']), [0.6, 0.8, 1])
  })

  it('go through a small network, as PyTorch writes its layers', async () => {
    const hidden = {
      weights: [
        [1, 0, 1, 0],
        [-1, 0, 0, 0],
      ],
      bias: [0.5, 0],
    }
    const mlp = JSON.stringify([hidden, { weights: [[2, 10]], bias: [-1] }])
    const outputs = { score: { activation: 'sigmoid' } }
    const served = await open(
      { format: 'embeddings', measure: 'mlp', outputs },
      { ...files, 'mlp.json': mlp },
    )
    const level = (sum: number) => Number((1 / (1 + Math.exp(-(2 * sum - 1)))).toFixed(4))
    assert.deepEqual(await scores(served, '6', ['a', 'b']), [level(2.5), level(1.5)])
    const short = JSON.stringify([{ weights: [[1, 2]], bias: [0] }])
    const opening = open({ format: 'embeddings', measure: 'mlp' }, { ...files, 'mlp.json': short })
    await assert.rejects(opening, /mlp\[0\]\.weights must be 1 lists of 4 numbers/)
  })

  it('are refused where vectors do not agree', async () => {
    const bad = { ...files, 'items.txt': 'a 1 0\nb 1\n' }
    await assert.rejects(open({ format: 'embeddings' }, bad), /items\.txt:2 has 1 numbers/)
    const wide = { ...files, 'items.txt': 'a 1 0 3\n' }
    await assert.rejects(open({ format: 'embeddings' }, wide), /2 numbers of users and 3 of items/)
  })
})

describe('another server', () => {
  let server: Server
  let url: string
  let connections = 0
  const bodies: string[] = []
  let answer: (response: ServerResponse, body: { instances?: unknown[]; inputs?: object }) => void
  before(async () => {
    server = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part) => parts.push(part))
      request.on('end', () => {
        const body = Buffer.concat(parts).toString()
        bodies.push(body)
        answer(response, JSON.parse(body))
      })
    })
    server.on('connection', () => connections++)
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/models/ncf:predict`
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  const remote = (more: object = {}) => open({ format: 'remote', url, ...more })

  it('is asked for all rows in one call, over a connection that stays open', async () => {
    answer = (response, { instances }) =>
      response.end(JSON.stringify({ predictions: instances!.map((_, row) => [row / 10]) }))
    const inputs = { userId: { dtype: 'int64', input: 'user' }, movieId: { dtype: 'int64' } }
    const served = await remote({ inputs, signatureName: 'serving_default' })
    const columns = new Map<string, RawColumn>([
      ['userId', [1115629498121846784n]],
      ['movieId', [1, 2, 3]],
    ])
    bodies.length = 0
    for (let turn = 0; turn < 5; turn++) {
      const [found] = await served.predict({ rowCount: 3, columns })
      assert.deepEqual([...found!], [0, 0.1, 0.2].map(Math.fround))
    }
    assert.equal(connections, 1)
    assert.equal(bodies.length, 5)
    assert.equal(
      bodies[0],
      '{"signature_name":"serving_default","instances":[' +
        '{"user":1115629498121846784,"movieId":1},{"user":1115629498121846784,"movieId":2},' +
        '{"user":1115629498121846784,"movieId":3}]}',
    )
    await served.close()
  })

  it('may be asked by columns, and answer by heads', async () => {
    answer = (response, { inputs }) => {
      assert.deepEqual(inputs, { userId: ['6', '6'], movieId: ['a', 'b'] })
      response.end('{"outputs": {"click": [[0.5], [NaN]], "like": [1, 2]}}')
    }
    const outputs = { click: {}, like: {} }
    const served = await remote({ form: 'column', outputs })
    const columns = new Map<string, RawColumn>([
      ['userId', ['6']],
      ['movieId', ['a', 'b']],
    ])
    const [click, like] = await served.predict({ rowCount: 2, columns })
    assert.deepEqual(
      [[...click!], [...like!]],
      [
        [0.5, Number.NaN],
        [1, 2],
      ],
    )
  })

  const failures: readonly [string, (response: ServerResponse) => void, string, RegExp][] = [
    ['nothing', (response) => response.end(''), 'unavailable', /answered nothing/],
    ['no JSON', (response) => response.end('<html>'), 'unavailable', /what is no JSON/],
    [
      'too few scores',
      (response) => response.end('{"predictions": [1]}'),
      'unavailable',
      /1 scores for 2 rows/,
    ],
    [
      'a text',
      (response) => response.end('{"predictions": ["a", "b"]}'),
      'unavailable',
      /score that is no number/,
    ],
    [
      'an error',
      (response) => response.writeHead(500).end('oh'),
      'unavailable',
      /answered 500: oh/,
    ],
    [
      'a refusal',
      (response) => response.writeHead(400).end('{"error":"no"}'),
      'invalid_argument',
      /400/,
    ],
    ['a broken connection', (response) => response.destroy(), 'unavailable', /cannot be asked: /],
    ['never', () => undefined, 'deadline_exceeded', /did not answer within 50 ms/],
  ]
  for (const [what, answers, code, message] of failures) {
    it(`is told apart from a bad request when it answers ${what} (B-M08)`, async () => {
      answer = answers
      const served = await remote({ timeoutMs: what === 'never' ? 50 : 5_000 })
      await assert.rejects(scores(served, '6', ['a', 'b']), { code, message })
      await served.close()
    })
  }

  it('is named by an address that can be one', async () => {
    for (const bad of ['localhost:8501', 'ftp://host', '']) {
      await assert.rejects(remote({ url: bad }), { code: 'invalid_argument' })
    }
    await assert.rejects(remote({ timeoutMs: 0 }), /timeoutMs 0 must be a whole number >= 1/)
    await assert.rejects(
      open({ format: 'pmml' }),
      /"pmml" must be onnx, table, embeddings or remote/,
    )
  })
})

it('who fails three times is left alone for two seconds, and then tried by one', async () => {
  let nowMs = 0
  let tries = 0
  const guarded = breaker('it does not answer', () => nowMs)
  const fail = () =>
    guarded(async () => {
      tries++
      throw new Error('down')
    })
  for (let turn = 0; turn < 3; turn++) await assert.rejects(fail(), /down/)
  nowMs = 1_999
  await assert.rejects(fail(), /it does not answer; it is asked again soon \(down\)/)
  assert.equal(tries, 3)
  nowMs = 2_000
  await assert.rejects(fail(), /^Error: down/)
  await assert.rejects(fail(), /asked again soon/)
  nowMs = 4_000
  assert.equal(await guarded(async () => 'up'), 'up')
  assert.equal(await guarded(async () => 'up'), 'up')
})
