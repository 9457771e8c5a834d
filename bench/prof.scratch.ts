import { openPrepared } from './harness/prepared.ts'
import { mkdtemp } from 'node:fs/promises'
import { Session } from 'node:inspector/promises'
import { seededRandom } from '../src/kernel/random.ts'
import { batched, endsAt, itemId, userId, deedOf } from './harness/catalogue.ts'
import { writeFileSync, existsSync, cpSync } from 'node:fs'
const what = process.argv[2]
const size = { itemCount: 20000, userCount: 2000, deedsPerUser: 20 }
const kept = '/tmp/bp-kept-' + what
const folder = await mkdtemp('/tmp/bp-')
if (existsSync(kept)) cpSync(kept, folder, { recursive: true, filter: (f) => !f.endsWith('lock') })
const t0 = performance.now()
const random = seededRandom('offers')
const sources = ['nearest', 'item-neighbors', 'same-attribute', 'trending']
if (!existsSync(kept)) {
  { await using engine = await openPrepared(folder, size)
  if (what === 'feed') for (const b of batched(offers(), 100)) await engine.record(b) }
  cpSync(folder, kept, { recursive: true, filter: (f) => !f.endsWith('lock') })
}
const engine = await openPrepared(folder, size)
console.log('prepared', performance.now() - t0)

function* offers(): Iterable<any> {
  for (let user = 0; user < size.userCount; user++) {
    const items = new Set<number>()
    while (items.size < 200) items.add(random.below(size.itemCount))
    yield { type: 'offered', id: `o${user}`, at: endsAt, user: userId(user), scene: 'home', channel: '', writer: 'feed', replace: true, pulse: 20,
      entries: [...items].map((item, place) => ({ item: itemId(item), score: 1 / (1 + place), sources: sources.slice(0, 1 + random.below(3)), run: `r${user}`, model: 'ranker/1', expiresAt: endsAt + 86400000 })) }
  }
}
console.log('filled', performance.now() - t0)
const session = new Session(); session.connect()
let n = 0
const one: Record<string, () => Promise<unknown>> = {
  feed: () => engine.recommend({ user: userId(n++ % size.userCount), scene: 'home' }),
  now: () => engine.recommend({ user: userId(n++ % size.userCount), scene: 'for-you' }),
  events: () => { const events = Array.from({ length: 100 }, () => { n++; return { id: `x${n}`, type: 'click', user: userId((n * 7919) % size.userCount), item: itemId((n * 104729) % size.itemCount), scene: 'home' } }); return engine.track(events) },
}
async function burst(total: number, conc: number) {
  const c0 = process.cpuUsage(); const w0 = performance.now(); let left = total
  await Promise.all(Array.from({ length: conc }, async () => { while (left-- > 0) await one[what]!() }))
  const c = process.cpuUsage(c0)
  console.log(what, 'cpu us', ((c.user + c.system) / total).toFixed(1), 'user', (c.user / total).toFixed(1), 'wall us', ((performance.now() - w0) * 1000 / total).toFixed(1))
}
const total = Number(process.argv[3] ?? 4000), conc = Number(process.argv[4] ?? 32)
await burst(total, conc); await burst(total, conc)
await session.post('Profiler.enable'); await session.post('Profiler.setSamplingInterval', { interval: 200 }); await session.post('Profiler.start')
await burst(total, conc)
const { profile } = await session.post('Profiler.stop')
writeFileSync(`/tmp/${what}.cpuprofile`, JSON.stringify(profile))
for (let i = 0; i < 5; i++) await burst(total, conc)
await engine[Symbol.asyncDispose]()
process.exit(0)
