import type { DuckDBConnection } from '@duckdb/node-api'
import type { Clock } from '../../events/clock.ts'
import { type LakeBounds, type Merger, nextMerger, outlived } from '../files/aging.ts'
import type { LakeFile } from '../files/manifest.ts'
import type { Writer } from '../files/parquet-files.ts'
import type { Shelf } from '../files/shelf.ts'
import type { Lane } from '../lane.ts'
import type { Database } from './database.ts'
import type { Line } from './line.ts'
import { mergeFiles } from './merging.ts'

/** Small files merged at a time: the rest has time until the next. */
const mergersAtOnce = 32

export interface FiledRowsOptions {
  readonly shelf: Shelf
  readonly database: Database
  /** Where whatever changes the shelf waits its turn. */
  readonly lane: Lane
  /** Those who may still read what was replaced. */
  readonly questions: Line
  readonly clock: Clock
  readonly bounds: LakeBounds
  writerOf(connection: DuckDBConnection): Writer
  onTrouble(error: unknown): void
}

/** The rows that lie in files: merged as they age, replaced, and dropped when they outlived. */
export class FiledRows {
  readonly #parts: FiledRowsOptions
  #merging: Promise<void> = Promise.resolve()
  /** Files on their way off the disk. */
  #leaving: Promise<void> = Promise.resolve()
  #closing = false

  constructor(parts: FiledRowsOptions) {
    this.#parts = parts
  }

  async tend(): Promise<void> {
    const { shelf, clock, bounds, lane } = this.#parts
    const gone = outlived(shelf.files, bounds, clock.now())
    if (gone.length > 0) await lane.run(() => this.change([], gone))
    for (let merged = 0; merged < mergersAtOnce && !this.#closing; merged++) {
      const next = nextMerger(shelf.files, clock.now())
      if (next === undefined) break
      this.#merging = this.#merge(next)
      await this.#merging
    }
    await this.#leaving
  }

  /** Other files in the place of some, in the lane: those who ask see the old or the new. */
  async change(put: readonly LakeFile[], take: readonly LakeFile[]): Promise<void> {
    const { shelf, database, questions, onTrouble } = this.#parts
    await shelf.commit({ put, take })
    await database.refresh(shelf.files, false)
    // Who asked before reads the old files until the end.
    this.#leaving = Promise.all([this.#leaving, questions.settled()])
      .then(() => shelf.remove(take))
      .catch((error: unknown) => onTrouble(error))
  }

  /** Resolves when no merge is under way, however it ended. */
  async merged(): Promise<void> {
    await this.#merging.catch(() => undefined)
  }

  /** Resolves when replaced files are off the disk. */
  left(): Promise<void> {
    return this.#leaving
  }

  /** Begins no merge any more. */
  close(): void {
    this.#closing = true
  }

  async settled(): Promise<void> {
    await this.merged()
    await this.#parts.questions.settled()
    await this.#leaving
  }

  async #merge(merger: Merger): Promise<void> {
    const { shelf, database, lane, writerOf } = this.#parts
    const serial = shelf.serial()
    const file = await database.withConnection((connection) =>
      mergeFiles(writerOf(connection), merger, serial),
    )
    await lane.run(async () => {
      const here = new Set(shelf.files)
      if (merger.files.every((source) => here.has(source))) await this.change([file], merger.files)
      else await shelf.remove([file])
    })
  }
}
