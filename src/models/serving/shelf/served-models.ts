import { StarlingError } from '../../../error.ts'
import type { Servable } from '../servable.ts'
import type { FoundVersion, ModelSource } from './model-source.ts'

/**
 * Models at work, by name: of each the largest version that can be opened serves, those apart that
 * are held back. What is asked while a larger one comes or a smaller one goes is answered by the
 * one it began with.
 */
export interface ServedModels extends AsyncDisposable {
  /** In the order of their names. */
  list(): readonly ServedModel[]

  /**
   * Has the version at work, or the one that was asked for, do something; it is not closed before
   * that is done. Rejects with `not_found` where there is none.
   */
  ask<Answer>(
    name: string,
    version: number | undefined,
    work: (servable: Servable, version: number) => Promise<Answer>,
  ): Promise<Answer>

  /**
   * Puts another servable in the place of a version that serves: the same model, further on. What
   * is being asked is answered by the one before, which is closed then. Resolves with false, and
   * closes the new one, where the version serves no more.
   */
  renew(name: string, version: number, servable: Servable): Promise<boolean>

  /** Looks at the sources again. Resolves when all that was found is open, or could not be. */
  refresh(): Promise<void>
}

export interface ServedModel {
  readonly name: string
  /** The version at work; undefined where none can be opened. */
  readonly serving: number | undefined
  /** The largest first. */
  readonly versions: readonly ServedVersion[]
}

export interface ServedVersion {
  readonly version: number
  readonly state: 'loading' | 'available' | 'ended'
  /** Why it is not available, where something is wrong with it. */
  readonly error?: StarlingError
}

interface Entry {
  readonly version: number
  readonly mark: string
  readonly open: FoundVersion['open']
  rejected: string | undefined
  held: boolean
  opening: Promise<Loaded> | undefined
  loaded: Loaded | undefined
  error: StarlingError | undefined
}

/** An open model, and how many requests it is answering. */
interface Loaded {
  readonly servable: Servable
  users: number
  /** Taken out: closed by its last user. */
  isLeaving: boolean
}

interface Shelf {
  serving: number | undefined
  readonly entries: Map<number, Entry>
}

export interface ServedModelsOptions {
  readonly sources: readonly ModelSource[]
  /** How often the sources are looked at; 2,000 unless told, 0 for never. */
  readonly lookEveryMs?: number
  readonly onTrouble: (what: string, error: unknown) => void
}

/** Older versions that were asked for by number and stay open, over all models. */
const olderMax = 4

export async function openServedModels(options: ServedModelsOptions): Promise<ServedModels> {
  const { sources, lookEveryMs = 2_000, onTrouble } = options
  const shelves = new Map<string, Shelf>()
  /** Opened by number, the one asked longest ago first. */
  const older: { readonly shelf: Shelf; readonly entry: Entry }[] = []
  let looking: Promise<void> = Promise.resolve()

  const look = async (): Promise<void> => {
    const found = new Map<string, readonly FoundVersion[]>()
    for (const source of sources) {
      for (const { name, versions } of await source.scan()) {
        if (!found.has(name)) found.set(name, versions)
      }
    }
    for (const [name, versions] of found) {
      const shelf = shelves.get(name) ?? { serving: undefined, entries: new Map() }
      shelves.set(name, shelf)
      await follow(shelf, versions, (error) => onTrouble(`model ${name}`, error))
    }
    for (const [name, shelf] of shelves) {
      if (found.has(name)) continue
      for (const entry of shelf.entries.values()) unload(entry)
      shelves.delete(name)
    }
  }

  const refresh = (): Promise<void> => {
    looking = looking.then(look, look)
    return looking
  }

  const keepOlder = (shelf: Shelf, entry: Entry): void => {
    const known = older.findIndex((each) => each.entry === entry)
    if (known >= 0) older.splice(known, 1)
    older.push({ shelf, entry })
    while (older.length > olderMax) {
      const { shelf: its, entry: oldest } = older.shift()!
      if (its.serving !== oldest.version) unload(oldest)
    }
  }

  await refresh()
  const timer =
    lookEveryMs === 0
      ? undefined
      : setInterval(() => {
          refresh().catch((error: unknown) => onTrouble('looking for models', error))
        }, lookEveryMs).unref()

  return {
    list: () =>
      [...shelves]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, { serving, entries }]) => ({
          ...{ name, serving },
          versions: [...entries.values()]
            .sort((one, other) => other.version - one.version)
            .map(versionView),
        })),

    async ask(name, version, work) {
      const shelf = shelves.get(name)
      const number = version ?? shelf?.serving
      const entry = number === undefined ? undefined : shelf?.entries.get(number)
      if (shelf === undefined || entry === undefined || entry.rejected !== undefined) {
        throw notServed(name, version)
      }
      if (number !== shelf.serving) keepOlder(shelf, entry)
      const loaded = await take(entry)
      try {
        return await work(loaded.servable, entry.version)
      } finally {
        loaded.users--
        if (loaded.users === 0 && loaded.isLeaving) await close(loaded)
      }
    },

    async renew(name, version, servable) {
      const shelf = shelves.get(name)
      const entry = shelf?.serving === version ? shelf.entries.get(version) : undefined
      const fresh: Loaded = { servable, users: 0, isLeaving: false }
      if (entry?.loaded === undefined || entry.rejected !== undefined) {
        await close(fresh)
        return false
      }
      unload(entry)
      entry.loaded = fresh
      return true
    },

    refresh,

    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await looking.catch(() => undefined)
      for (const { entries } of shelves.values()) {
        for (const { loaded } of entries.values()) if (loaded !== undefined) await close(loaded)
      }
      shelves.clear()
    },
  }
}

/** What TensorFlow Serving says in such a case. */
export function notServed(name: string, version: number | undefined): StarlingError {
  const asked = version === undefined ? `Latest(${name})` : `Specific(${name}, ${version})`
  return new StarlingError('not_found', `Servable not found for request: ${asked}`)
}

/** Brings a shelf up to date: opens the largest version that can be, and then lets go of others. */
async function follow(
  shelf: Shelf,
  found: readonly FoundVersion[],
  onTrouble: (error: unknown) => void,
): Promise<void> {
  const { entries } = shelf
  const sorted = [...found].sort((one, other) => other.version - one.version)
  for (const each of sorted) noteFound(entries, each)
  for (const { version } of sorted) {
    const entry = entries.get(version)!
    if (entry.rejected !== undefined || entry.error !== undefined || entry.held) continue
    try {
      if (entry.loaded === undefined) await load(entry)
    } catch (error) {
      onTrouble(error)
      continue
    }
    const before = shelf.serving
    shelf.serving = version
    const gone = before === undefined || before === version ? undefined : entries.get(before)
    if (gone !== undefined) unload(gone)
    break
  }
  const kept = new Set(sorted.map(({ version }) => version))
  for (const [version, entry] of entries) {
    if (kept.has(version) && entry.rejected === undefined) continue
    if (shelf.serving === version) shelf.serving = undefined
    unload(entry)
    if (!kept.has(version)) entries.delete(version)
  }
  const serving = entries.get(shelf.serving ?? -1)
  if (serving?.error !== undefined) shelf.serving = undefined
}

/** A version whose files changed is another model under the same number. */
function noteFound(entries: Map<number, Entry>, found: FoundVersion): void {
  const { version, mark, open, rejected, held = false } = found
  const known = entries.get(version)
  if (known !== undefined && known.mark === mark) {
    known.rejected = rejected
    known.held = held
    return
  }
  if (known !== undefined) unload(known)
  entries.set(version, {
    ...{ version, mark, open, rejected, held },
    ...{ opening: undefined, loaded: undefined, error: undefined },
  })
}

/** The open model, which is not closed before it is given back. */
async function take(entry: Entry): Promise<Loaded> {
  for (;;) {
    const loaded = entry.loaded ?? (await load(entry))
    // It may have been let go of while this waited its turn.
    if (loaded.isLeaving) continue
    loaded.users++
    return loaded
  }
}

function load(entry: Entry): Promise<Loaded> {
  entry.opening ??= entry.open().then(
    (servable) => {
      entry.opening = undefined
      entry.loaded = { servable, users: 0, isLeaving: false }
      return entry.loaded
    },
    (cause: unknown) => {
      entry.opening = undefined
      entry.error = asError(cause)
      throw entry.error
    },
  )
  return entry.opening
}

function asError(cause: unknown): StarlingError {
  if (cause instanceof StarlingError) return cause
  const message = cause instanceof Error ? cause.message : String(cause)
  return new StarlingError('failed_precondition', message, { cause })
}

/** Lets go of the model, and keeps its place: whoever asks by number has it opened again. */
function unload(entry: Entry): void {
  const { loaded } = entry
  if (loaded === undefined) return
  entry.loaded = undefined
  loaded.isLeaving = true
  if (loaded.users === 0) void close(loaded)
}

/** What cannot be closed any more holds nothing that could be saved. */
async function close({ servable }: Loaded): Promise<void> {
  await servable.close().catch(() => undefined)
}

function versionView({ version, loaded, opening, rejected, error }: Entry): ServedVersion {
  if (rejected !== undefined) {
    return { version, state: 'ended', error: new StarlingError('failed_precondition', rejected) }
  }
  if (error !== undefined) return { version, state: 'ended', error }
  if (loaded === undefined && opening !== undefined) return { version, state: 'loading' }
  return { version, state: 'available' }
}
