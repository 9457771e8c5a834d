import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort, inFolder, type Running, starling } from './starling.ts'

interface Feed {
  readonly items: readonly { readonly id: string; readonly sources: readonly string[] }[]
}

interface Status {
  readonly items: number
  readonly events: number
  readonly catalogue: string
}

async function get<Answer>(port: number, path: string): Promise<Answer> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`)
  assert.equal(answer.status, 200, `${path}: ${answer.status}`)
  return (await answer.json()) as Answer // The shape is what is being tested.
}

const serve = (port: number, home: string, ...options: readonly string[]): Running =>
  starling(['serve', '--port', String(port), '--home', home, ...options])

async function end(running: Running): Promise<void> {
  running.child.kill('SIGTERM')
  assert.equal(await running.ended, 0, running.said())
}

describe('a demo of a simulated world', () => {
  it('may be killed half-way, lives on, and goes on with a crowd', { timeout: 900_000 }, () =>
    inFolder(async (home) => {
      const port = await freePort()
      const killed = serve(port, home, '--demo', 'news')
      await killed.says(/\d+ % {2}news: living/)
      killed.child.kill('SIGKILL')
      await killed.ended

      const whole = serve(port, home, '--demo', 'news', '--crowd', '0')
      await whole.says(/serves at http/)
      assert.match(whole.said(), /going on with its past/)
      const status = await get<Status>(port, '/v1/status')
      assert.match(status.catalogue, /^News: /)
      assert.ok(status.items > 500, `${status.items} items`)
      let deeds = 0
      for (let user = 1; user <= 10; user++) {
        const { pages } = await get<{ pages: readonly unknown[] }>(port, `/v1/users/${user}/pages`)
        assert.ok(pages.length >= 3, `${user} was shown ${pages.length} pages`)
        const past = await get<{ actions: readonly unknown[] }>(port, `/v1/users/${user}/history`)
        deeds += past.actions.length
      }
      assert.ok(deeds >= 20, `those whom a first look knows did ${deeds} things`)
      const feed = await get<Feed>(port, '/v1/scenes/home/feed?user=1&size=10')
      assert.equal(feed.items.length, 10)
      const channel = await get<Feed>(port, '/v1/scenes/channel/feed?user=1&channel=HTML&size=5')
      assert.equal(channel.items.length, 5)
      const models = await get<{ models: readonly { status: string }[] }>(port, '/v1/models')
      assert.ok(models.models.some((model) => model.status === 'serving'))
      await end(whole)

      const lively = serve(port, home, '--demo', 'news', '--crowd', '40')
      await lively.says(/serves at http/)
      assert.doesNotMatch(lively.said(), /living|learning/)
      const before = (await get<Status>(port, '/v1/status')).events
      await pause(15_000)
      const after = (await get<Status>(port, '/v1/status')).events
      assert.ok(after - before > 40, `${after - before} events in 15 s`)
      await end(lively)
      assert.doesNotMatch(lively.said(), /trouble/)

      for (const other of ['video', 'movies']) {
        const refused = serve(port, home, '--demo', other)
        assert.equal(await refused.ended, 1)
        assert.match(refused.said(), /holds the news demo: give another folder/)
      }
    }),
  )

  it('is named as it is spelt, or refused', { timeout: 60_000 }, () =>
    inFolder(async (home) => {
      const refused = starling(['serve', '--home', home, '--demo', 'opera'])
      assert.equal(await refused.ended, 1)
      assert.match(refused.said(), /opera must be one of movies, news, video/)
      const crowded = starling(['serve', '--home', home, '--demo', 'news', '--crowd', '1e6'])
      assert.equal(await crowded.ended, 1)
      assert.match(crowded.said(), /crowd 1e6 must be a whole number >= 0 and <= 1000/)
    }),
  )
})
