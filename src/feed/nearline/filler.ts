import type { Clock } from '../../events/clock.ts'
import type { Offset } from '../../events/log/event-log.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { State } from '../../state/state.ts'
import { type Ask, runRecipe } from '../pipeline/pipeline.ts'
import { chanceOf } from '../pipeline/query.ts'
import type { Recipe } from '../pipeline/recipe.ts'
import type { Trace } from '../pipeline/trace.ts'
import type { FeedKey, FeedQueue } from '../queue/feed-queue.ts'
import { type Periods, periods } from './periods.ts'
import type { Lack } from './triggers.ts'

/** An algorithm that writes into the queues of a scene. */
export interface Writer {
  readonly name: string
  readonly recipe: Recipe
  /** Time between two of its runs for one feed, at least. */
  readonly minIntervalMs: number
  /** Who wrote an entry, where the recipe is made of others. */
  readonly partOf?: (sources: readonly string[]) => string | undefined
}

export interface Position {
  /** Through which place of the log all is known. */
  readonly through: Offset
  /** Every event before this place was answered. */
  readonly settled: () => Offset
}

export interface Filled {
  readonly granted: number
  /** Where an algorithm has to wait for its turn: for how long. */
  readonly againInMs?: number
}

/** Fills one feed. */
export type Filler = (key: FeedKey, lack: Lack, position: Position) => Promise<Filled>

export interface FillerOptions {
  readonly clock: Clock
  readonly state: Pick<State, 'read'>
  readonly queue: Pick<FeedQueue, 'offer'>
  readonly newId: () => string
  /** Who writes into the queues of a scene, the first one's entries first, as it is now. */
  readonly writersOf: (scene: string) => readonly Writer[]
  /** How long entries of a scene may wait. */
  readonly waitMs: (scene: string) => number
  readonly keep: (trace: Trace) => void
  /** Sees to what has to be there before a recipe runs. */
  readonly prepare?: (recipe: Recipe, query: Ask) => Promise<void>
}

const never = new AbortController().signal

/**
 * Runs the algorithms of the feed's scene one after the other, each with what those before it put
 * there in mind. Where what waits is out of date, the first that is granted anything takes its
 * place.
 */
export function filler(options: FillerOptions): Filler {
  const { clock, state, queue, newId, writersOf, waitMs, keep } = options
  const turns: Periods = periods()

  return async (key, lack, { through, settled }) => {
    const excluded = new Set<Ordinal>(lack.stale ? [] : lack.waiting)
    let [granted, replaces] = [0, lack.stale]
    let againInMs: number | undefined
    for (const writer of writersOf(key.scene)) {
      const at = clock.now()
      const leftMs = turns.leftMs(key, writer, at)
      if (leftMs > 0) {
        againInMs = Math.min(againInMs ?? leftMs, leftMs)
        continue
      }
      const ask = askOf(key, at, excluded, newId())
      await options.prepare?.(writer.recipe, ask)
      const slate = await runRecipe(writer.recipe, ask, state)
      const expiresAt = at + waitMs(key.scene)
      const put = await queue.offer(
        key,
        {
          writer: writer.name,
          entries: slate.entries.map(({ item, score, sources, run, model }) => {
            const part = writer.partOf?.(sources)
            const by = part === undefined ? writer.name : `${writer.name}/${part}`
            return { item, score, sources, run, model, expiresAt, writer: by }
          }),
          replace: replaces && slate.entries.length > 0,
          pulse: lack.beats,
          following: { through, settled: settled(), newest: lack.newest },
        },
        clock.now(),
      )
      // Of somebody who is gone no trace is kept either.
      if ('gone' in put.denied) break
      keep(slate.trace)
      if (put.granted > 0) replaces = false
      granted += put.granted
      for (const { item } of slate.entries) excluded.add(item)
    }
    return againInMs === undefined ? { granted } : { granted, againInMs }
  }
}

function askOf(key: FeedKey, at: number, excluded: ReadonlySet<Ordinal>, id: string): Ask {
  const request = `nearline-${id}`
  return {
    ...key,
    at,
    fields: {},
    request,
    size: pageSize,
    excluded,
    random: chanceOf(request),
    signal: never,
  }
}

/** What is prepared is asked for in pages of the usual size. */
const pageSize = 10
