import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createEngine } from '../../src/engine/create-engine.ts'
import type { FeedRequest, Page } from '../../src/engine/engine.ts'
import type { OpenEngine } from '../../src/engine/engine-of.ts'
import type { EngineOptions } from '../../src/engine/engine-options.ts'
import type { JobView, JobWanted } from '../../src/engine/views/jobs.ts'
import { type ManualClock, manualClock } from '../../src/events/clock.ts'
import type { ItemId } from '../../src/events/event.ts'
import { openSegmentLog } from '../../src/events/log/segment-log.ts'

/** What every story begins with: a small catalogue, an engine, and a clock that stands still. */
export interface World extends AsyncDisposable {
  readonly folder: string
  readonly clock: ManualClock
  /** The engine of now: `reopen` gives another. */
  readonly engine: OpenEngine
  /** A page of ten of the home feed, unless told otherwise. */
  page(user: string, more?: Partial<FeedRequest>): Promise<Page>
  /** The pages from this one back to the first, newest first. */
  pagesBack(user: string, cursor: string | null, scene?: string): Promise<readonly Page[]>
  /** Each user likes each of the items, a minute after the other. */
  like(users: readonly string[], items: readonly ItemId[]): Promise<void>
  close(): Promise<void>
  /** Closes the engine where it is open, and opens it again a second later. */
  reopen(more?: Partial<EngineOptions>): Promise<void>
}

export const minuteMs = 60_000
export const dayMs = 86_400_000

export const genres = ['comedy', 'crime', 'space', 'nature'] as const

/** Sixty films, fifteen of each genre, every third of them in the channel `short`. */
export const films = Array.from({ length: 60 }, (_, index) => ({
  id: `film-${String(index).padStart(2, '0')}`,
  attributes: {
    title: `Film number ${index}`,
    genres: [genres[index % genres.length]!],
    year: 1960 + index,
  },
  channels: index % 3 === 0 ? ['film', 'short'] : ['film'],
}))

export const filmIds: readonly ItemId[] = films.map(({ id }) => id)

export function filmsOf(genre: (typeof genres)[number]): readonly ItemId[] {
  return films.filter(({ attributes }) => attributes.genres[0] === genre).map(({ id }) => id)
}

export function idsOf(...pages: readonly Page[]): readonly ItemId[] {
  return pages.flatMap((page) => page.items.map(({ id }) => id))
}

/** Lets work in the background come to where the condition holds; a story checks it anew. */
export async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1_000 && !holds(); turn++) await sleep(5)
}

/** Asks for a training, and waits for what comes of it. */
export async function trained({ engine }: World, wanted: JobWanted): Promise<JobView> {
  const { id } = await engine.startJob({ seed: '1', ...wanted })
  for (;;) {
    const job = await engine.job(id)
    if (!['queued', 'running'].includes(job.status)) return job
    await sleep(10)
  }
}

export async function openWorld(options: Partial<EngineOptions> = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'starling-story-'))
  const clock = manualClock(Date.UTC(2026, 0, 1, 12))
  const open = (more: Partial<EngineOptions> = {}) =>
    // Chance starts from another seed after every opening: ids must not come again.
    createEngine({ folder, clock, seed: clock.now(), retrain: false, ...options, ...more })
  let engine = await open()
  let closed = false
  await engine.putItems(films)
  clock.advance(minuteMs)

  const close = async (): Promise<void> => {
    if (!closed) await engine[Symbol.asyncDispose]()
    closed = true
  }

  return {
    folder,
    clock,
    get engine() {
      return engine
    },
    page: (user, more = {}) => engine.recommend({ user, scene: 'home', ...more }),

    async pagesBack(user, cursor, scene = 'home') {
      const pages: Page[] = []
      for (let next = cursor; next !== null; next = pages.at(-1)!.older) {
        pages.push(await engine.older({ user, scene, cursor: next }))
      }
      return pages
    },

    async like(users, items) {
      for (const item of items) {
        await engine.track(users.map((user) => ({ type: 'like', user, item })))
        clock.advance(minuteMs)
      }
    },

    close,

    async reopen(more) {
      await close()
      clock.advance(1_000)
      engine = await open(more)
      closed = false
    },

    async [Symbol.asyncDispose]() {
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Closes the world, and reads the log that it leaves. */
export async function* eventsOf(world: World) {
  await world.close()
  await using log = await openSegmentLog({ folder: join(world.folder, 'log'), readOnly: true })
  for await (const batch of log.read(0)) yield* batch
}
