import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type Luck,
  madeUpPlatform,
  madeUpServer,
  settled,
  startsAt,
} from './made-up-platform.suite.ts'
import { createTracker, type Tracker } from './tracker.ts'

const tabCount = 2

const step = fc.record({
  tab: fc.nat(tabCount - 1),
  kind: fc.constantFrom('track', 'track', 'track', 'wait', 'reload', 'leave', 'return', 'online'),
  type: fc.constantFrom('like', 'impression'),
  durationMs: fc.constantFrom(0, 10, 2_000, 60_000, 600_000),
  lucks: fc.array(fc.constantFrom<Luck>('good', 'away', 'lost', 'broken'), { maxLength: 3 }),
})

test('whatever fails, is reloaded or left: all that was tracked is told in the end', async () => {
  const holds = fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
    const texts = new Map<string, string>()
    const server = madeUpServer()
    let lucks: Luck[] = []
    server.luck = () => lucks.shift() ?? 'good'
    const tracked: string[] = []
    let pages = 0
    const open = (at: number) => {
      const platform = madeUpPlatform({ texts, at, seed: `page ${pages++}` })
      return { platform, tracker: createTracker({ client: server, user: 'u', platform }) }
    }
    const tabs = Array.from({ length: tabCount }, () => open(startsAt))
    for (const { tab, kind, type, durationMs, lucks: next } of steps) {
      lucks = [...lucks, ...next]
      const { platform, tracker } = tabs[tab]!
      if (kind === 'track') {
        const item = `item-${tracked.length}`
        tracked.push(item)
        void tracker.track({ type: type as 'like', item })
      } else if (kind === 'wait') await advanceAll(tabs, durationMs)
      else if (kind === 'leave') platform.hide()
      else if (kind === 'return') platform.show()
      else if (kind === 'online') platform.happen('online')
      else {
        tracker.close()
        tabs[tab] = open(platform.now())
      }
      await settled()
    }
    lucks = []
    await advanceAll(tabs, 30 * 60_000)
    const told = [...server.events.values()].map(({ item }) => item!)
    assert.deepEqual(told.sort(), tracked.sort())
    assert.deepEqual([...texts.keys()], [])
  })
  await fc.assert(holds, { numRuns: 150 })
})

interface Tab {
  readonly platform: ReturnType<typeof madeUpPlatform>
  readonly tracker: Tracker
}

/** Clocks of one device agree: they go on in small turns. */
async function advanceAll(tabs: readonly Tab[], durationMs: number): Promise<void> {
  const turns = durationMs > 1_000 ? 4 : 1
  for (let turn = 0; turn < turns; turn++) {
    for (const { platform } of tabs) await platform.advance(durationMs / turns)
  }
}
