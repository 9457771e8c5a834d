import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { OpenEngine } from '../../engine/engine-of.ts'
import { writeWhole } from '../../engine/home.ts'
import { systemClock } from '../../events/clock.ts'
import { generateEvents } from '../../events/import/generated.ts'
import { findMovieLens } from '../../events/import/movielens-source.ts'
import { seededRandom } from '../../kernel/random.ts'
import { bringIn, described } from '../bring-in.ts'
import type { Call } from '../command.ts'

/** Which catalogue a demo shows, in words for people. Written when all of it is there. */
export const noteFile = 'catalogue.txt'

const packageFolder = resolve(import.meta.dirname, '../../..')

const movieLensNote =
  'MovieLens ml-latest-small (GroupLens): 9,742 films and 100,836 ratings; ' +
  'for research and trying out, not for commercial use'

/** Events per step of the generated catalogue. */
const stepLength = 1_000

export async function catalogueNote(folder: string): Promise<string | undefined> {
  return readFile(join(folder, noteFile), 'utf8').catch(() => undefined)
}

/**
 * Fills an engine for a first look: MovieLens where it can be had, else films that are made up.
 * Resolves with what it is. An engine that is filled is left as it is; one half filled is filled
 * on.
 */
export async function fillDemo(
  engine: OpenEngine,
  call: Pick<Call, 'terminal' | 'signal'>,
): Promise<string> {
  const before = await catalogueNote(engine.home.folder)
  if (before !== undefined) return before
  const found = await findMovieLens({
    candidates: [join(packageFolder, '../shared/data'), join(packageFolder, 'data')],
    cacheFolder: engine.home.cache,
  })
  const note =
    found.folder === undefined
      ? await makeUp(engine, found.reason, call)
      : await moviesFrom(engine, found.folder, call)
  await writeWhole(join(engine.home.folder, noteFile), note)
  return note
}

async function moviesFrom(
  engine: OpenEngine,
  folder: string,
  call: Pick<Call, 'terminal' | 'signal'>,
): Promise<string> {
  call.terminal.tell(`importing MovieLens from ${folder}`)
  call.terminal.tell(described(await bringIn(engine, [folder], call)))
  return movieLensNote
}

async function makeUp(
  engine: OpenEngine,
  reason: string,
  { terminal, signal }: Pick<Call, 'terminal' | 'signal'>,
): Promise<string> {
  terminal.tell(`${reason}; a small catalogue is made up instead`)
  const events = generateEvents(seededRandom('demo'), systemClock.now())
  for (let start = 0; start < events.length; start += stepLength) {
    signal.throwIfAborted()
    await engine.record(events.slice(start, start + stepLength))
    terminal.progress('made-up catalogue', Math.min(1, (start + stepLength) / events.length))
  }
  return 'a small made-up catalogue: MovieLens could not be had'
}
