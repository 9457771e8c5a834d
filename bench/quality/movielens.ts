import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { manualClock, type Timestamp } from '../../src/events/clock.ts'
import type { Event } from '../../src/events/event.ts'
import { importFiles } from '../../src/events/import/importer.ts'

/**
 * MovieLens as the engine imports it, items first and then ratings in the order of their times.
 *
 * Words that users tagged films with are part of an item, and so are known from the start: those
 * that were given at `tagsBefore` or later are left out, or they would tell of the future.
 */
export async function readMovieLens(
  folder: string,
  tagsBefore: Timestamp,
): Promise<readonly Event[]> {
  const past = await mkdtemp(join(tmpdir(), 'starling-movielens-'))
  try {
    for (const name of ['movies.csv', 'ratings.csv', 'links.csv']) {
      await copyFile(join(folder, name), join(past, name))
    }
    const [head, ...rows] = (await readFile(join(folder, 'tags.csv'), 'utf8')).trim().split(/\r?\n/)
    const earlier = rows.filter((row) => secondsOf(row) * 1_000 < tagsBefore)
    await writeFile(join(past, 'tags.csv'), [head, ...earlier, ''].join('\n'))
    const events: Event[] = []
    await importFiles({
      paths: [past],
      clock: manualClock(Date.UTC(2030, 0)),
      async sink(batch) {
        events.push(...batch)
        return { accepted: batch.length, duplicates: 0 }
      },
    })
    return events
  } finally {
    await rm(past, { recursive: true, force: true })
  }
}

/** The time stands last; tags may hold commas. */
function secondsOf(row: string): number {
  return Number(row.slice(row.lastIndexOf(',') + 1))
}

/** The times of all ratings, in no order: what the split is made by. */
export async function ratingTimes(folder: string): Promise<Float64Array> {
  const rows = (await readFile(join(folder, 'ratings.csv'), 'utf8')).trim().split(/\r?\n/)
  return Float64Array.from(rows.slice(1), (row) => secondsOf(row) * 1_000)
}
