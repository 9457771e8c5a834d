import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startChild } from '../../harness/child.ts'
import type { Entry } from './entry.ts'
import type { KeptRows } from './kept-rows.ts'
import { type Row, rowOf } from './row.ts'
import type { RowAnswer, RowQuestion } from './row-child.ts'
import { moduleAt, rowKeys } from './row-key.ts'

export interface MakeOptions {
  readonly entries: readonly Entry[]
  /** The folder that holds those of all sets. */
  readonly data: string
  /** Rows are taken from there and put there; where it is left out, all are made and none kept. */
  readonly kept?: KeptRows
  /** Rows of other commits are made anew too, though nothing of theirs changed. */
  readonly anew?: boolean
  readonly usersMax?: number
  readonly commit: string
  readonly tell: (line: string) => void
}

export interface Made {
  readonly rows: readonly Row[]
  /** Rows that could not be made, and why. */
  readonly failures: readonly string[]
  /** Sets whose data are not there. */
  readonly skipped: readonly string[]
}

/** Rows that take long go on from there when they were broken off; by key, as rows are. */
const coursesFolder = resolve(import.meta.dirname, '../../../.cache/published')

/** The rows of all entries: kept ones where nothing changed, else made one after the other. */
export async function makeRows(options: MakeOptions): Promise<Made> {
  const { data, kept, tell } = options
  const isThere = ({ set }: Entry): boolean =>
    set.files(join(data, set.name)).every((files) => Object.values(files).every(existsSync))
  const entries = options.entries.filter(isThere)
  const skipped = options.entries.filter((entry) => !isThere(entry)).map(({ set }) => set.name)
  const keys = rowKeys()
  const asked = await Promise.all(
    entries.map(async (entry) => {
      const key = await keys.of(entry, join(data, entry.set.name))
      const row = kept?.find(entry.set.name, entry.model)
      const stands = row?.key === key && (options.anew !== true || row.commit === options.commit)
      return { entry, key, row: stands ? row : undefined }
    }),
  )
  const missing = asked.filter(({ row }) => row === undefined)
  if (kept !== undefined) {
    tell(`${asked.length - missing.length} rows stand as they were made, ${missing.length} to make`)
  }
  const rows: Row[] = []
  const failures: string[] = []
  for (const { entry, key, row } of asked) {
    const name = `${entry.set.name} ${entry.model}`
    if (row !== undefined) {
      rows.push(row)
      continue
    }
    const place = missing.findIndex((each) => each.entry === entry)
    tell(`${place + 1} of ${missing.length}: ${name}`)
    try {
      const made = await makeRow(entry, key, options)
      rows.push(made)
      await kept?.add(made)
    } catch (error) {
      // The others are made all the same.
      failures.push(`${name} could not be made: ${error instanceof Error ? error.message : error}`)
      tell(failures.at(-1)!)
    }
  }
  return { rows, failures, skipped: [...new Set(skipped)] }
}

async function makeRow(entry: Entry, key: string, options: MakeOptions): Promise<Row> {
  const { data, usersMax, commit } = options
  await using child = await startChild(moduleAt('row-child.ts'))
  const question: RowQuestion = {
    ...{ set: entry.set.name, model: entry.model, data },
    ...(usersMax !== undefined && { usersMax }),
    checkpoints: join(coursesFolder, key),
  }
  const { figures, ...costs } = await child.ask<RowAnswer>(question)
  return rowOf(entry, costs, { key, figures, commit, at: new Date().toISOString() })
}
