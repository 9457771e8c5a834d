import { setImmediate as breath, setTimeout as pause } from 'node:timers/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { StarlingError } from '../error.ts'
import type { Timestamp } from '../events/clock.ts'
import type { UserId } from '../events/event.ts'
import type { LoggedEvent, Offset } from '../events/log/event-log.ts'
import { diskMedium } from '../events/log/medium/disk-medium.ts'
import type { Sink } from '../events/streams/sink.ts'
import { ask } from './duck/asking.ts'
import { type Database, database } from './duck/database.ts'
import { FiledRows } from './duck/filed-rows.ts'
import { fileFresh } from './duck/flushing.ts'
import { forgetFiled, forgetFresh } from './duck/forgetting.ts'
import { insertFresh } from './duck/fresh-tables.ts'
import { line } from './duck/line.ts'
import { extentOf } from './files/extent.ts'
import type { LakeFile } from './files/manifest.ts'
import type { Writer } from './files/parquet-files.ts'
import { openShelf, type Shelf } from './files/shelf.ts'
import type { Answer, Forgotten, Lake, Question, TableExtent, TableRow } from './lake.ts'
import type { LakeOptions } from './lake-options.ts'
import { lane } from './lane.ts'
import { type Erasure, erasures } from './rows/erasures.ts'
import { rowsOf } from './rows/event-rows.ts'
import { unfiled } from './rows/unfiled.ts'
import { isOfEvents, type Table, tableNamed, tables } from './tables.ts'

const defaults = { flushRows: 20_000, flushMs: 60_000 } as const

/** So many rows go to the database together, unless a question comes first. */
const pourRows = 5_000

/** While more are on their way to files, events wait, and rows of no event are dropped. */
const keptRowsMax = 60_000

/** A question waits no longer for the rows of this moment, while files are written. */
const patienceMs = 3_000

const questionsAtOnce = 2
const questionsWaitingMax = 16

/**
 * A lake in Parquet files, asked by DuckDB. Rejects with `failed_precondition` where the folder is
 * the lake of another log.
 */
export async function openDuckLake(options: LakeOptions): Promise<Lake> {
  const { folder, log, medium = diskMedium } = options
  const shelf = await openShelf(medium, folder)
  if (shelf.through > log.head) {
    const known = `${shelf.through} events, and the log only ${log.head}`
    const message = `the lake in ${folder} holds ${known}`
    const remedy = 'it belongs to another log: move it away, and it is made anew'
    throw new StarlingError('failed_precondition', `${message}; ${remedy}`)
  }
  return new DuckLake(options, shelf)
}

class DuckLake implements Lake {
  readonly sink: Sink
  readonly #options: LakeOptions
  readonly #shelf: Shelf
  readonly #database: Database
  readonly #unfiled = unfiled()
  readonly #erasures = erasures()
  readonly #lane = lane()
  readonly #questions = line(questionsAtOnce, questionsWaitingMax)
  readonly #filed: FiledRows
  readonly #timer: NodeJS.Timeout
  /** The next event to take. */
  #position: Offset
  #newest: Timestamp | undefined
  /** Why there is no database here, once that is known. */
  #missing: StarlingError | undefined
  /** Rows on their way to the database or to files, while further ones are taken. */
  #moving: Promise<void> | undefined
  /** What was moved last could not be: whoever hands over further events is told, and waits. */
  #stuck = false
  #ticking: Promise<void> | undefined
  readonly #ending = new AbortController()

  constructor(options: LakeOptions, shelf: Shelf) {
    const { folder, memoryMb, flushMs = defaults.flushMs } = options
    this.#options = options
    this.#shelf = shelf
    this.#position = Math.max(shelf.through, options.log.tail)
    this.#newest = shelf.files.reduce<Timestamp | undefined>(
      (newest, { to }) => Math.max(newest ?? to, to),
      undefined,
    )
    this.#database = database({
      folder,
      ...(memoryMb !== undefined && { memoryMb }),
      files: () => shelf.files,
      onLost: () => this.#unfiled.lost(),
    })
    this.#filed = new FiledRows({
      ...{ shelf, database: this.#database, lane: this.#lane, questions: this.#questions },
      ...{ clock: options.clock, bounds: options.bounds ?? {} },
      writerOf: (connection) => this.#writer(connection, this.#ending.signal),
      onTrouble: this.#told,
    })
    const checkpoint = (): Offset => Math.max(shelf.through, options.log.tail)
    this.sink = {
      get checkpoint() {
        return checkpoint()
      },
      take: (events) => this.#take(events),
    }
    this.#timer = setInterval(() => {
      this.#ticking ??= this.#tick().finally(() => {
        this.#ticking = undefined
      })
    }, flushMs).unref()
  }

  get newest(): Timestamp | undefined {
    return this.#newest
  }

  keep(rows: readonly TableRow[]): void {
    if (this.#missing !== undefined || this.#unfiled.count > keptRowsMax) return
    this.#unfiled.add(rows)
    this.#moveWhenDue()
  }

  async query(question: Question): Promise<Answer> {
    await this.#openWriter()
    const poured = this.#lane.run(() => this.#pour()).catch(this.#told)
    await Promise.race([poured, pause(patienceMs, undefined, { ref: false })])
    return this.#questions.run(() =>
      this.#database.withConnection(async (connection, library) => {
        try {
          return await ask(library, connection, question)
        } catch (error) {
          // A database that found a fault of its own answers nothing more.
          if (!(error instanceof StarlingError)) this.#database.discard()
          throw error
        }
      }),
    )
  }

  extent(): readonly TableExtent[] {
    return extentOf(this.#shelf.files, this.#unfiled)
  }

  flush(): Promise<void> {
    return this.#lane.run(() => this.#flush())
  }

  tend(): Promise<void> {
    return this.#filed.tend()
  }

  async forget(users: ReadonlySet<UserId>, before: Offset): Promise<Forgotten> {
    this.#erasures.add({ users, before })
    const forgotten = await this.#lane.run(() => this.#forget({ users, before }))
    // A merge under way may have read what had to go: then it comes to nothing.
    await this.#filed.merged()
    return forgotten
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#filed.close()
    this.#ending.abort(new StarlingError('canceled', 'the lake was told to end'))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
    await this.#ticking
    while (this.#moving !== undefined) await this.#moving
    // The database is not opened for the end alone.
    if (this.#database.isOpen) await this.#lane.run(() => this.#fileUntold()).catch(this.#told)
    await this.#filed.settled()
    await this.#database.close()
  }

  async #take(events: readonly LoggedEvent[]): Promise<void> {
    this.#ending.signal.throwIfAborted()
    for (const [number, event] of events.entries()) {
      // A batch that was refused comes again, whole.
      if (event.offset < this.#position) continue
      this.#position = event.offset + 1
      this.#newest = event.event?.at ?? this.#newest
      if (this.#missing === undefined) this.#unfiled.add(this.#erasures.without(rowsOf(event)))
      if (number % 200 === 199) await breath()
    }
    this.#erasures.passed(this.#position)
    if (this.#stuck || this.#unfiled.count > keptRowsMax) {
      await this.flush()
      this.#stuck = false
    } else this.#moveWhenDue()
  }

  /** Hands the rows over to the database; resolves with the connection that holds them. */
  async #pour(): Promise<DuckDBConnection> {
    const rows = this.#unfiled.unpoured()
    const writer = await this.#openWriter()
    if (rows.size === 0) return writer
    await writer.run('BEGIN TRANSACTION')
    try {
      for (const [name, list] of rows) await insertFresh(writer, tableNamed.get(name)!, list)
      await writer.run('COMMIT')
    } catch (error) {
      await writer.run('ROLLBACK').catch(() => this.#database.discard())
      throw error
    }
    this.#mustHold(writer)
    this.#unfiled.poured(rows)
    return writer
  }

  async #flush(): Promise<void> {
    const through = this.#position
    const isIdle = through === this.#shelf.through && this.#unfiled.count === 0
    if (isIdle) return
    const connection = await this.#pour()
    const held = this.#unfiled.held()
    const put = await this.#filesOf(tables, this.#writer(connection, this.#ending.signal))
    await this.#shelf.commit({ put, take: [], through })
    this.#unfiled.filed(held)
    await this.#database.refresh(this.#shelf.files, true)
  }

  /** At the end: all other rows come from the log again, sooner than they would go to files. */
  async #fileUntold(): Promise<void> {
    const untold = tables.filter((table) => !isOfEvents(table))
    const put = await this.#filesOf(untold, this.#writer(await this.#pour()))
    if (put.length > 0) await this.#shelf.commit({ put, take: [] })
  }

  #filesOf(those: readonly Table[], writer: Writer): Promise<readonly LakeFile[]> {
    return fileFresh(writer, those, this.#options.clock.now(), () => this.#shelf.serial())
  }

  async #forget({ users, before }: Erasure): Promise<Forgotten> {
    const dropped = this.#unfiled.forget(users, before)
    if (this.#database.isOpen) {
      await forgetFresh(await this.#openWriter(), users, before).catch((error: unknown) => {
        // What it still holds comes to a new one without them.
        this.#database.discard()
        throw error
      })
    }
    const { files } = this.#shelf
    if (files.length === 0) return { rows: dropped, files: 0 }
    const writer = this.#writer(await this.#openWriter())
    const serial = (): number => this.#shelf.serial()
    const rewritten = await forgetFiled(writer, files, { users, before }, serial)
    if (rewritten.length > 0) {
      const put = rewritten.flatMap(({ fresh }) => fresh ?? [])
      await this.#filed.change(
        put,
        rewritten.map(({ old }) => old),
      )
      await this.#filed.left()
    }
    const filed = rewritten.reduce((sum, { rows }) => sum + rows, 0)
    return { rows: dropped + filed, files: rewritten.length }
  }

  async #openWriter(): Promise<DuckDBConnection> {
    if (this.#missing !== undefined) throw this.#missing
    try {
      return await this.#database.writer()
    } catch (error) {
      if (error instanceof StarlingError && error.code === 'failed_precondition') {
        this.#missing = error
      }
      throw error
    }
  }

  #writer(connection: DuckDBConnection, ends?: AbortSignal): Writer {
    const { folder, medium = diskMedium } = this.#options
    return { connection, folder, medium, ...(ends && { ends }) }
  }

  /** Rows that went to a database that was let go of meanwhile are in none. */
  #mustHold(writer: DuckDBConnection): void {
    if (this.#database.isOf(writer)) return
    throw new StarlingError('unavailable', 'the database of the lake was made anew meanwhile')
  }

  async #tick(): Promise<void> {
    if (this.#missing !== undefined) return
    try {
      if (this.#unfiled.count > 0) await this.flush()
      if (this.#database.isOpen) await this.#filed.tend()
    } catch (error) {
      this.#told(error)
    }
  }

  /** Whoever hands over rows does not wait: left behind, it would have to read files. */
  #moveWhenDue(): void {
    if (this.#moving !== undefined || this.#ending.signal.aborted) return
    const isFull = this.#unfiled.count >= this.#flushRows
    if (!isFull && this.#unfiled.unpouredCount < pourRows) return
    const moved = isFull ? this.flush() : this.#lane.run(() => this.#pour())
    this.#moving = this.#moved(moved)
  }

  async #moved(work: Promise<unknown>): Promise<void> {
    try {
      await work
      this.#stuck = false
    } catch (error) {
      this.#stuck = true
      this.#told(error)
    }
    this.#moving = undefined
    if (!this.#stuck) this.#moveWhenDue()
  }

  get #flushRows(): number {
    return this.#options.flushRows ?? defaults.flushRows
  }

  readonly #told = (error: unknown): void => {
    if (error !== this.#ending.signal.reason) this.#options.onTrouble?.(error)
  }
}
