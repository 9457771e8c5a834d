import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { freePort, inFolder, starling } from './starling.ts'

describe('the command line', () => {
  it('says at once that a port is taken, and touches nothing', () =>
    inFolder(async (folder) => {
      const taken = createServer()
      const port = await freePort()
      await new Promise<void>((listening) => taken.listen(port, '127.0.0.1', listening))
      const run = starling([
        'serve',
        '--demo',
        '--port',
        String(port),
        '--home',
        join(folder, 'new'),
      ])
      assert.equal(await run.ended, 1)
      assert.match(run.said(), new RegExp(`failed_precondition. port ${port} is taken`))
      taken.close()
    }))

  it('says that a folder cannot be written', async () => {
    const run = starling(['serve', '--port', String(await freePort()), '--home', '/dev/null/state'])
    assert.equal(await run.ended, 1)
    assert.match(run.said(), /state folder \/dev\/null\/state cannot be written \(ENOTDIR\)/)
  })

  it('refuses words that no command asked for', async () => {
    const run = starling(['simulate', 'news'])
    assert.equal(await run.ended, 1)
    assert.match(run.said(), /news/)
  })

  it('refuses a result file that cannot be written before it works for it', async () => {
    const run = starling(['simulate', '--html', '/nowhere/report.html'])
    assert.equal(await run.ended, 1)
    assert.match(run.said(), /html \/nowhere\/report.html cannot be written \(ENOENT\)/)
    assert.doesNotMatch(run.said(), /day/)
  })

  it('refuses to listen to other machines without keys, and says how to make one', () =>
    inFolder(async (folder) => {
      const port = String(await freePort())
      const open = starling(['serve', '--host', '0.0.0.0', '--port', port, '--home', folder])
      assert.equal(await open.ended, 1)
      assert.match(open.said(), /starling keys create --scope admin/)

      const made = starling(['keys', 'create', '--scope', 'serve', '--home', folder])
      assert.equal(await made.ended, 0)
      const secret = /sk_serve_[\w-]{43}/.exec(made.said())?.[0]
      assert.ok(secret)
      const kept = starling(['serve', '--host', '0.0.0.0', '--port', port, '--home', folder])
      await kept.says(/serves at/)
      const feed = `http://127.0.0.1:${port}/v1/scenes/home/feed?user=u`
      assert.equal((await fetch(feed)).status, 401)
      assert.equal((await fetch(feed, { headers: { 'x-api-key': secret } })).status, 200)
      const items = await fetch(`http://127.0.0.1:${port}/v1/items/1`, {
        method: 'PUT',
        headers: { 'x-api-key': secret, 'content-type': 'application/json' },
        body: '{}',
      })
      assert.equal(items.status, 403)
      kept.child.kill('SIGTERM')
      assert.equal(await kept.ended, 0)
      assert.doesNotMatch(kept.said(), new RegExp(secret))
    }))

  it('ends at once when it is told twice, whatever is being written', () =>
    inFolder(async (folder) => {
      for (const betweenMs of [0, 1, 3]) {
        const port = String(await freePort())
        const run = starling(['serve', '--port', port, '--home', folder])
        await run.says(/serves at/)
        run.child.kill('SIGTERM')
        await new Promise((passed) => setTimeout(passed, betweenMs))
        run.child.kill('SIGTERM')
        // Whoever was quick has ended in order before the second.
        const ended = await run.ended
        assert.ok(ended === 'SIGKILL' || ended === 0, `ended with ${ended}`)
        // What the next one waits for: a lock that the first one held.
        const sane = starling(['query', 'SELECT 1 AS one', '--home', folder])
        assert.equal(await sane.ended, 0, sane.said())
      }
    }))

  it('imports a file, sets bad rows aside, and takes each row once', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'events.csv')
      const rows = Array.from(
        { length: 50 },
        (_, n) => `u${n % 5},i${n % 7},click,2024-01-01T00:00:${10 + n}Z`,
      )
      await writeFile(
        file,
        ['user,item,type,at', ...rows.slice(0, 49), ',i1,click,2024-01-01T00:00:00Z', ''].join(
          '\n',
        ),
      )
      const home = join(folder, 'home')
      const first = starling(['import', file, '--home', home])
      assert.equal(await first.ended, 0)
      assert.match(first.said(), /taken: 49 events/)
      assert.match(first.said(), /set aside: 1 rows/)
      const second = starling(['import', file, '--home', home])
      assert.equal(await second.ended, 0)
      assert.match(second.said(), /taken: nothing; known already: 49/)
    }))

  it('examines a file before it is imported', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'events.csv')
      await writeFile(file, 'user,item,type,at\nu1,i1,impression,1700000000\n')
      const run = starling(['doctor', file])
      assert.equal(await run.ended, 1)
      assert.match(run.said(), /positive/i)
    }))

  it('answers a wrong word with what there is', async () => {
    const run = starling(['surve'])
    assert.equal(await run.ended, 2)
    assert.match(run.said(), /no command surve[\s\S]*serve[\s\S]*import/)
  })
})
