import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort, inFolder, type Running, starling } from './starling.ts'

interface Feed {
  readonly items: readonly { readonly id: string; readonly token: string }[]
  readonly older: string | null
}

async function get<Answer>(port: number, path: string): Promise<Answer> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`)
  assert.equal(answer.status, 200, `${path}: ${answer.status}`)
  return (await answer.json()) as Answer // The shape is what is being tested.
}

function start(port: number, home: string): Running {
  return starling(['serve', '--demo', '--port', String(port), '--home', home])
}

describe('a first start', () => {
  it('may be stopped and killed half-way, goes on, and is remembered', { timeout: 600_000 }, () =>
    inFolder(async (home) => {
      const port = await freePort()
      const stopped = start(port, home)
      await stopped.says(/importing|made up/)
      await pause(300)
      stopped.child.kill('SIGINT')
      assert.equal(await stopped.ended, 130, stopped.said())

      const killed = start(port, home)
      await killed.says(/importing|made up/)
      await pause(1_500)
      killed.child.kill('SIGKILL')
      await killed.ended

      const whole = start(port, home)
      await whole.says(/serves at http/)
      const status = await get<{ items: number; events: number }>(port, '/v1/status')
      assert.ok(status.items >= 600, `${status.items} items`)
      const first = await get<Feed>(port, '/v1/scenes/home/feed?user=7&size=10')
      assert.equal(first.items.length, 10)
      whole.child.kill('SIGTERM')
      assert.equal(await whole.ended, 0, whole.said())

      const again = start(port, home)
      await again.says(/serves at http/)
      assert.doesNotMatch(again.said(), /importing|learning/)
      const next = await get<Feed>(port, '/v1/scenes/home/feed?user=7&size=10')
      const shown = new Set(first.items.map(({ id }) => id))
      assert.ok(next.items.every(({ id }) => !shown.has(id)))
      const back = await get<Feed>(port, `/v1/scenes/home/feed?user=7&cursor=${next.older}`)
      assert.deepEqual(
        back.items.map(({ id }) => id),
        first.items.map(({ id }) => id),
      )
      again.child.kill('SIGTERM')
      assert.equal(await again.ended, 0)
    }),
  )
})
