import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { callsOfALife, dieAt } from '../../src/lake/crash.suite.ts'
import { freePort, inFolder, type Running, starling } from './starling.ts'

interface Server {
  readonly base: string
  readonly run: Running
}

async function serve(folder: string): Promise<Server> {
  const port = await freePort()
  const run = starling(['serve', '--port', String(port), '--home', folder])
  await run.says(/serves at/)
  return { base: `http://127.0.0.1:${port}`, run }
}

async function ask<Answer>(base: string, method: string, path: string, body?: object) {
  const response = await fetch(new URL(path, base), {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  })
  const answer = await response.json()
  assert.ok(response.ok, JSON.stringify(answer))
  return answer as Answer // Described by the service.
}

async function rowsOf(base: string, sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await ask<{ rows: unknown[][] }>(base, 'POST', '/v1/lake:query', { sql })).rows
}

/** Tells of clicks until it is stopped; resolves with how many were acknowledged. */
async function tellUntil({ base }: Server, user: string, stopped: () => boolean): Promise<number> {
  let told = 0
  while (!stopped()) {
    const events = Array.from({ length: 50 }, (_, n) => ({
      ...{ id: `${user}-${told + n}`, type: 'click', user, item: `i${n % 9}` },
    }))
    try {
      await ask(base, 'POST', '/v1/events', { events })
    } catch (error) {
      if (stopped()) return told
      throw error
    }
    told += events.length
  }
  return told
}

describe('the lake of a server', () => {
  it('has what was told a moment ago, each once, after a kill and after a restart', () =>
    inFolder(async (folder) => {
      let server = await serve(folder)
      await ask(server.base, 'POST', '/v1/items:batch', {
        items: Array.from({ length: 9 }, (_, n) => ({ id: `i${n}`, attributes: { year: n } })),
      })
      const told = new Map<string, number>()
      for (const round of [0, 1, 2]) {
        let killed = false
        const user = `user-${round}`
        const telling = tellUntil(server, user, () => killed)
        await sleep(1_000 + round * 700)
        killed = true
        // Without a chance to say anything any more.
        server.run.child.kill('SIGKILL')
        told.set(user, await telling)
        await server.run.ended
        server = await serve(folder)
      }
      const counted = `SELECT "user", count(*), count(DISTINCT id) FROM actions
        GROUP BY 1 ORDER BY 1`
      let rows: readonly (readonly unknown[])[] = []
      // It follows the log: what was acknowledged is there soon, and not at once.
      const isThere = () => {
        const counts = new Map(rows.map(([user, count]) => [String(user), Number(count)]))
        return [...told].every(([user, known]) => (counts.get(user) ?? 0) >= known)
      }
      for (let turn = 0; turn < 200 && !isThere(); turn++) {
        rows = await rowsOf(server.base, counted)
        await sleep(100)
      }
      assert.equal(rows.length, 3)
      for (const [user, count, distinct] of rows) {
        assert.equal(count, distinct)
        // What was not acknowledged may have happened.
        const known = told.get(String(user))!
        assert.ok(Number(count) >= known && Number(count) <= known + 50, `${count} of ${known}`)
      }
      server.run.child.kill('SIGTERM')
      await server.run.ended
      const queried = starling(['query', counted, '--home', folder, '--json'])
      assert.equal(await queried.ended, 0, queried.said())
      const answer = JSON.parse(queried.said()) as { rows: unknown[][] }
      assert.deepEqual(answer.rows, rows)
      const files = await readdir(join(folder, 'lake'), { recursive: true })
      assert.ok(files.some((name) => /actions\/hour=\d{10}\/.*\.parquet$/.test(name)))
    }))

  it('is asked from a terminal, and says what is wrong with a question', () =>
    inFolder(async (folder) => {
      const server = await serve(folder)
      const against = ['--against', server.base]
      const good = starling(['query', 'SELECT 1 AS one, NULL AS none', ...against])
      assert.equal(await good.ended, 0)
      assert.match(good.said(), /one\s+none\n.*\n1\s+·\n\n1 row in \d+ ms/)
      const bad = starling(['query', 'DROP VIEW actions', ...against])
      assert.equal(await bad.ended, 1)
      assert.match(bad.said(), /invalid_argument. sql must be a SELECT/)
      const csv = starling(['query', 'SELECT i AS n FROM range(2) t(i)', '--csv', ...against])
      assert.equal(await csv.ended, 0)
      assert.equal(csv.said(), 'n\r\n0\r\n1\n')
      const held = starling(['query', 'SELECT 1', '--home', folder])
      assert.equal(await held.ended, 1)
      assert.match(held.said(), /failed_precondition/)
      const tables = starling(['query', '--tables', ...against])
      assert.equal(await tables.ended, 0)
      assert.match(tables.said(), /slates: .*\n.*\n\n.*\n.*\n\s+at\s+TIMESTAMP/)
      server.run.child.kill('SIGTERM')
      await server.run.ended
    }))

  it('loses no row and doubles none, at whichever file operation its process dies', async () => {
    const calls = await callsOfALife()
    for (let call = 0; call < calls; call++) {
      for (const fault of ['before', 'after'] as const) await dieAt(call, fault)
    }
  })
})
