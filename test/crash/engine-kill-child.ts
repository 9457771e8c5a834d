/** Uses an engine without end, and says what it was promised, until it is killed. */
import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { createEngine } from '../../src/engine/create-engine.ts'
import { seededRandom } from '../../src/kernel/random.ts'
import { type Line, pageScenes, trackCall, userNames } from './engine-kill-lines.ts'

const [folder = '', runText = '', seed = '', resendText = ''] = process.argv.slice(2)
const run = Number(runText)
const random = seededRandom(seed).fork(runText)

/** Straight to the pipe: what was said before the kill is heard. */
function say(line: Line): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

const engine = await createEngine({ folder, retrain: false })
const withdrawn = new Set<string>()
const items: string[] = []
say({ said: 'open' })

async function put(count: number): Promise<void> {
  const ids = Array.from({ length: count }, () => `i${run}.${items.length + random.below(1e9)}`)
  await engine.putItems(
    ids.map((id) => ({ id, attributes: { genres: [`g${random.below(5)}`] }, channels: ['c1'] })),
  )
  for (const item of ids) say({ said: 'put', item })
  items.push(...ids)
}

async function withdraw(): Promise<void> {
  const item = items[random.below(items.length)]!
  await engine.withdrawItem(item)
  withdrawn.add(item)
  say({ said: 'withdrawn', item })
}

/** Sends a call of events with known ids; whoever hears no answer sends it again. */
async function track(from: number, batch: number): Promise<void> {
  const { user, ids } = trackCall(from, batch)
  const events = ids.map((id, index) => ({
    id,
    type: index % 2 === 0 ? 'like' : 'click',
    user,
    item: items[(batch + index) % items.length],
  }))
  if (from === run) say({ said: 'tracking', batch })
  // Repeated in one call, and by two calls at once.
  const calls = [engine.track(random.below(3) === 0 ? [...events, ...events] : events)]
  if (random.below(3) === 0) calls.push(engine.track(events))
  for (const { rejected } of await Promise.all(calls)) {
    if (rejected.length > 0) say({ said: 'wrong', what: JSON.stringify(rejected) })
  }
  say({ said: 'tracked', user, ids })
}

async function tracker(): Promise<void> {
  for (let batch = 0; ; batch++) {
    await track(run, batch)
    if (batch > 0 && random.below(4) === 0) await track(run, random.below(batch))
    await sleep(random.below(10))
  }
}

/** One of a user's devices: asks for pages, and reports what was looked at. */
async function device(user: string, name: number): Promise<void> {
  for (let turn = 0; ; turn++) {
    const scene = pageScenes[random.below(pageScenes.length)]!
    const gone = new Set(withdrawn)
    const page = await engine.recommend({ user, scene, size: 5 })
    const shown = page.items.map(({ id }) => id)
    // A page without items was not recorded: it bears the number of the page before.
    if (shown.length > 0) {
      say({ said: 'page', user, scene, batchId: page.batchId, items: shown })
      const back = shown.find((item) => gone.has(item))
      if (back !== undefined) say({ said: 'wrong', what: `${back} was withdrawn, and served` })
      const { id: item, token } = page.items[0]!
      const id = `${run}.${user}.${name}.${turn}`
      await engine.track([{ id, type: 'click', user, item, token }])
      say({ said: 'tracked', user, ids: [id] })
    }
    await sleep(random.below(20))
  }
}

async function operator(): Promise<void> {
  for (;;) {
    await put(1 + random.below(5))
    if (random.below(3) === 0) await withdraw()
    await sleep(random.below(15))
  }
}

await put(20)
// What the process before was about to send when it was killed.
for (let batch = Math.max(0, Number(resendText) - 2); batch <= Number(resendText); batch++) {
  if (run > 1) await track(run - 1, batch)
}
await Promise.all([
  tracker(),
  operator(),
  ...userNames.flatMap((user) => [device(user, 1), device(user, 2)]),
])
