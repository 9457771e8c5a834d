import { join } from 'node:path'
import { engineFeed } from '../../engine/engine-feed.ts'
import { writeWhole } from '../../engine/home.ts'
import { StarlingError } from '../../error.ts'
import { manualClock, systemClock } from '../../events/clock.ts'
import type { DemoKind } from '../../insight/demo/demo-kind.ts'
import { newsroomOf } from '../../insight/demo/newsroom.ts'
import { livePast } from '../../insight/demo/past.ts'
import { seasonAt } from '../../insight/demo/season.ts'
import { dayMs, hourMs } from '../../insight/simulate/world/stock.ts'
import type { Call } from '../command.ts'
import { openEngine } from '../open.ts'
import { type DemoFile, readDemoFile, writeDemoFile } from './demo-file.ts'
import { catalogueNote, noteFile } from './movies.ts'

/** Its past begins at the last midnight before so long ago. */
const pastMs = 24 * hourMs

/** After the first hours of its past, and at its end, an engine learns. */
const learnAfterMs = 12 * hourMs

/**
 * Fills an empty state folder with a demo of a simulated world, and lets an engine live through its
 * last days: pages were served and answered when it is done, and models were learned from them. A
 * folder that holds the demo is left as it is; one left half-way is lived on. Rejects with
 * `failed_precondition` where the folder holds something else.
 */
export async function stageDemo(kind: DemoKind, folder: string, call: Call): Promise<void> {
  const now = systemClock.now()
  const found = (await readDemoFile(folder)) ?? {
    ...{ demo: kind.name, livedUntil: 0, whole: false },
    firstDay: Math.floor((now - pastMs) / dayMs) * dayMs,
  }
  await refuseOther(kind, found, folder)
  if (found.whole) return
  await live(kind, found, folder, now, call)
  await writeWhole(join(folder, noteFile), kind.note)
}

async function live(
  kind: DemoKind,
  file: DemoFile,
  folder: string,
  until: number,
  call: Call,
): Promise<void> {
  const { terminal, signal } = call
  const { world } = seasonAt(kind, file.firstDay, file.firstDay)
  const from = Math.max(world.startsAt, file.livedUntil)
  const clock = manualClock(from)
  await using engine = await openEngine(call, { folder, clock, retrain: false, seed: kind.name })
  if (file.livedUntil === 0 && engine.status().events > 0) {
    throw otherCatalogue(folder, `${engine.status().events} events of its own`)
  }
  await writeDemoFile(folder, file)
  const progress = `${kind.name}: living through the last days`
  terminal.tell(
    `making up a ${kind.name} site, and ${file.livedUntil > 0 ? 'going on with ' : ''}its past`,
  )
  await livePast({
    ...{ newsroom: newsroomOf(kind, world), feed: engineFeed(engine), clock, from, until, signal },
    async lived(livedUntil) {
      terminal.progress(progress, (livedUntil - world.startsAt) / (until - world.startsAt))
      if (livedUntil % hourMs === 0) await writeDemoFile(folder, { ...file, livedUntil })
      if (livedUntil - world.startsAt === learnAfterMs) await engine.train('ranker', signal)
    },
  })
  clock.set(until)
  await engine.train('ranker', signal)
  await writeDemoFile(folder, { ...file, livedUntil: until, whole: true })
}

async function refuseOther(kind: DemoKind, found: DemoFile, folder: string): Promise<void> {
  const note = await catalogueNote(folder)
  if (found.demo !== kind.name) throw otherCatalogue(folder, `the ${found.demo} demo`)
  if (note !== undefined && note !== kind.note) throw otherCatalogue(folder, `“${note}”`)
}

export function otherCatalogue(folder: string, what: string): StarlingError {
  return new StarlingError(
    'failed_precondition',
    `${folder} holds ${what}: give another folder by --home or STARLING_HOME`,
  )
}
