/** Appends, erases and trims without end, and says what was acknowledged, until it is killed. */
import { writeSync } from 'node:fs'
import { openSegmentLog } from '../../src/events/log/segment-log.ts'
import { seededRandom } from '../../src/kernel/random.ts'
import { eventAt, keptEvents, type Line } from './log-kill-events.ts'

const [folder = '', runText = '', seed = ''] = process.argv.slice(2)
const run = Number(runText)
const random = seededRandom(seed).fork(runText)

/** Straight to the pipe: what was said before the kill is heard. */
function say(line: Line): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

const log = await openSegmentLog({ folder, segmentBytes: 200_000 })
say({ said: 'open' })

async function append(batch: number): Promise<void> {
  const size = 1 + random.below(random.below(10) === 0 ? 200 : 5)
  const events = Array.from({ length: size }, (_, index) => eventAt({ run, batch, index }))
  say({ said: 'appending', batch, size })
  say({ said: 'appended', batch, first: await log.append(events) })
}

async function erase(): Promise<void> {
  const user = `u${random.below(20)}`
  const before = log.head
  say({ said: 'erasing', user })
  await log.erase((event) => 'user' in event && event.user === user)
  say({ said: 'erased', user, before })
}

for (let batch = 0; ; ) {
  const together = Array.from({ length: 1 + random.below(8) }, () => append(batch++))
  if (random.below(6) === 0) together.push(erase())
  if (random.below(10) === 0) await log.trim(Math.max(0, log.head - keptEvents))
  await Promise.all(together)
}
