import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { invalid, StarlingError } from '../../error.ts'
import { type ApiRow, apiRowOf } from './layout/api-row.ts'
import { conclusionsOf } from './layout/conclusions.ts'
import { checkMapping, type Layout, layoutOf } from './layout/layout.ts'
import type { Kind, Mapping } from './layout/mapping.ts'
import { filmRowOf, findMovieLensAmong, type MovieLens } from './layout/movielens.ts'
import { type Survey, survey } from './layout/survey.ts'
import { isTable, openTable } from './table/open-table.ts'
import type { Table } from './table/table.ts'

/** One file to be brought in, and how its rows are read. */
export interface Part {
  readonly table: Table
  readonly kind: Kind
  readonly layout: Layout
  readonly survey: Survey
  readonly apiRow: ApiRow
  /** What was concluded, in words. */
  readonly conclusions: readonly string[]
  /**
   * Stands for what the file holds and how it is read: 16 hex digits of a SHA-256. The same file
   * under another mapping is another import.
   */
  readonly identity: string
}

/** All that an import will read: items first, then users, then events. */
export interface Plan {
  readonly parts: readonly Part[]
  /** Files that cannot be read or understood, and why. */
  readonly unread: readonly { readonly path: string; readonly reason: string }[]
  /** Set where the files are those of MovieLens. */
  readonly movieLens: MovieLens | undefined
}

export interface PlanOptions {
  /** Files, and folders whose own tables are taken. */
  readonly paths: readonly string[]
  readonly mapping?: Mapping
  readonly signal?: AbortSignal
  /** Told how many rows of which file were looked at since the last call. */
  readonly onRows?: (path: string, rowCount: number) => void
}

const kindOrder: readonly Kind[] = ['items', 'users', 'events']

/**
 * Looks at each file once, from end to end. Rejects with `invalid_argument` where a path does not
 * exist, a folder holds no table, or the mapping names a column that no file has.
 */
export async function planImport(options: PlanOptions): Promise<Plan> {
  const { mapping = {}, signal, onRows } = options
  const unread: { path: string; reason: string }[] = []
  const orUnread = async <T>(path: string, attempt: () => T | Promise<T>) => {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof StarlingError) || error.code !== 'invalid_argument') throw error
      unread.push({ path, reason: error.message.replace(/^\[\w+\] /, '') })
      return undefined
    }
  }
  const tables: Table[] = []
  for (const path of await filesOf(options.paths)) {
    const table = await orUnread(path, () => openTable(path))
    if (table !== undefined) tables.push(table)
  }
  checkMapping(mapping, tables)
  const movieLens = findMovieLensAmong(tables)
  const parts: Part[] = []
  for (const table of tables) {
    if (table === movieLens?.links || table === movieLens?.tags) continue
    signal?.throwIfAborted()
    const layout = await orUnread(table.path, () => layoutOf(table, mapping))
    if (layout === undefined) continue
    const films = table === movieLens?.movies ? movieLens : undefined
    const part = await orUnread(table.path, () =>
      partOf(table, layout, films, (rowCount) => {
        signal?.throwIfAborted()
        onRows?.(table.path, rowCount)
      }),
    )
    if (part !== undefined) parts.push(part)
  }
  parts.sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind))
  return { parts, unread, movieLens }
}

async function partOf(
  table: Table,
  layout: Layout,
  films: MovieLens | undefined,
  onRows: (rowCount: number) => void,
): Promise<Part> {
  const surveyed = await survey(table, layout, onRows)
  const companions = films ? [films.links, films.tags].filter((other) => other !== undefined) : []
  return {
    table,
    kind: layout.kind,
    layout,
    survey: surveyed,
    apiRow: films ? await filmRowOf(films) : apiRowOf(table, layout, surveyed),
    conclusions: films ? filmConclusions(companions) : conclusionsOf(table, layout, surveyed),
    identity: await identityOf(
      [table, ...companions],
      [
        [...layout.places, ...layout.ignored],
        ...[layout.kind, layout.action, surveyed.times?.unit, surveyed.types],
      ],
    ),
  }
}

function filmConclusions(companions: readonly Table[]): readonly string[] {
  const names = companions.map(({ path }) => basename(path)).join(' and ')
  return [
    'MovieLens films: title, year, and genres, which are their channels too',
    ...(names === '' ? [] : [`${names}: ids in other catalogues and keywords of the films`]),
  ]
}

async function identityOf(tables: readonly Table[], reading: unknown): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(reading))
  for (const { path } of tables) {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(chunk as Buffer) // A stream without an encoding yields buffers.
    }
  }
  return hash.digest('hex').slice(0, 16)
}

async function filesOf(paths: readonly string[]): Promise<readonly string[]> {
  if (paths.length === 0) throw invalid('paths', 'must name at least one file or folder')
  const files: string[] = []
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined)
    if (found === undefined) throw invalid(path, 'does not exist or cannot be read')
    if (!found.isDirectory()) {
      files.push(path)
      continue
    }
    const tables = (await readdir(path)).filter(isTable).sort()
    if (tables.length === 0) throw invalid(path, 'holds no .csv, .tsv, .jsonl or .parquet file')
    files.push(...tables.map((name) => join(path, name)))
  }
  return [...new Set(files)]
}
