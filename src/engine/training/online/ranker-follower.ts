import type { EventLog, LoggedEvent, Offset } from '../../../events/log/event-log.ts'
import type { Signals } from '../../../events/signals.ts'
import type { Artifact } from '../../../models/model.ts'
import type { Block } from '../../../models/online/drift-watch.ts'
import { signalsParameter } from '../../../state/projections/parameters.ts'
import type { Checkpoints } from '../jobs/checkpoints.ts'
import type { FollowerTask } from './follower-task.ts'
import { type KeptRanker, keptRanker } from './kept-rankers.ts'
import { keptStep, ownStep } from './kept-step.ts'
import { type PageOutcomes, pageOutcomes, type RipeRow, type Since } from './page-outcomes.ts'
import { type Counts, type RowLearner, rowLearner } from './row-learner.ts'
import type { Told, Wanted } from './told-rows.ts'

export interface FollowerParts {
  readonly task: FollowerTask
  readonly version: Artifact
  /** Signals in force where the version stopped reading. */
  readonly signals: (offset: Offset) => Promise<Signals>
  readonly checkpoints: Checkpoints
  /**
   * Rows that are learned with one question, about: of more, the rest is with the next, so that
   * nobody waits for all of a long past. 20,000 unless told.
   */
  readonly rowsMost?: number
}

/** How far a ranker has come since its version was learned. */
export interface Standing extends Counts {
  readonly name: string
  readonly version: number
  /** All rows that were ripe before here have been learned. */
  readonly through: Offset
  /** The newest rows by both, where there were enough to judge. */
  readonly judged?: Block
}

export interface RankerFollower {
  readonly standing: Standing
  model(): Artifact
  /**
   * Reads on, asks for the rows that are ripe, and learns them; of very many, those of the first
   * part. What it has come to is kept before it returns: who goes on after a crash stands where
   * those who were served stood.
   */
  advance(
    log: Pick<EventLog, 'tail' | 'read'>,
    through: Offset,
  ): AsyncGenerator<Wanted, Standing, readonly Told[]>
}

/** Rows that are asked for at once. */
const rowsAtOnce = 1_000

/**
 * Takes up where the checkpoint stands if it is one of this task, and else where the version
 * stopped reading. Rejects with `failed_precondition` for a version that cannot be kept up.
 */
export async function openRankerFollower(parts: FollowerParts): Promise<RankerFollower> {
  const { task, version, checkpoints } = parts
  const kept = ownStep(await checkpoints.read(task.name), task)
  const ranker = keptRanker(version, { rate: task.rate, saved: kept?.inner })
  const begin = Number(version.header['through'] ?? 0)
  const known = kept?.known
  const since: Since = known?.since ?? {
    ...{ offset: begin, clock: 0, signals: await parts.signals(begin) },
  }
  return new Follower({
    ...{ parts, ranker, since, through: known?.through ?? begin },
    learner: rowLearner(ranker, { counts: known?.counts, watch: known?.watch }),
  })
}

interface Begin {
  readonly parts: FollowerParts
  readonly ranker: KeptRanker
  readonly since: Since
  readonly through: Offset
  readonly learner: RowLearner
}

class Follower implements RankerFollower {
  readonly #parts: FollowerParts
  readonly #ranker: KeptRanker
  readonly #outcomes: PageOutcomes
  readonly #learner: RowLearner
  /** By user, where they were erased: what they did before is passed over. */
  readonly #erased = new Map<string, Offset>()
  #signals: Signals
  /** The next event to read, and the place before which all rows were learned already. */
  #at: Offset
  #through: Offset

  constructor({ parts, ranker, since, through, learner }: Begin) {
    this.#parts = parts
    this.#ranker = ranker
    this.#learner = learner
    this.#signals = since.signals
    this.#at = since.offset
    this.#through = through
    const { delayMs } = parts.task
    this.#outcomes = pageOutcomes({ outcome: ranker.outcome, delayMs, clock: since.clock })
  }

  get standing(): Standing {
    const { name, version } = this.#parts.task
    const { counts, judged } = this.#learner
    return { name, version, through: this.#through, ...counts, ...(judged && { judged }) }
  }

  model(): Artifact {
    return this.#ranker.model()
  }

  async *advance(
    log: Pick<EventLog, 'tail' | 'read'>,
    through: Offset,
  ): AsyncGenerator<Wanted, Standing, readonly Told[]> {
    const { rowsMost = 20_000 } = this.#parts
    await this.#readErasures(log, through)
    const before = this.#metCount
    let reached = through
    let rows: RipeRow[] = []
    for await (const batch of log.read(Math.max(log.tail, this.#at))) {
      for (const logged of batch) {
        if (logged.offset < through) this.#see(logged)
      }
      // What was learned before a restart is read again, and not learned again.
      rows.push(...this.#outcomes.take().filter(({ offset }) => offset >= this.#through))
      while (rows.length >= rowsAtOnce) {
        const some = rows.slice(0, rowsAtOnce)
        rows = rows.slice(rowsAtOnce)
        await this.#learner.learn(some, yield { set: this.#ranker.set, rows: some })
      }
      if (this.#at >= through) break
      if (this.#metCount - before + rows.length >= rowsMost) {
        reached = this.#at
        break
      }
    }
    if (rows.length > 0) await this.#learner.learn(rows, yield { set: this.#ranker.set, rows })
    this.#at = Math.max(this.#at, reached)
    this.#through = Math.max(this.#through, reached)
    if (this.#metCount > before) await this.#keep()
    return this.standing
  }

  /** Ripe rows so far, whether anybody had logged them or not. */
  get #metCount(): number {
    const { rowCount, missingCount } = this.#learner.counts
    return rowCount + missingCount
  }

  #see({ offset, event }: LoggedEvent): void {
    this.#at = offset + 1
    if (event === undefined) return
    if (event.type === 'parameter' && event.name === signalsParameter) {
      this.#signals = event.value as unknown as Signals // Checked before it was logged.
    }
    if ('user' in event && offset < (this.#erased.get(event.user) ?? -1)) return
    this.#outcomes.see(offset, event, this.#signals)
  }

  /** Who was erased in what is about to be read: the log may not be rewritten yet. */
  async #readErasures(log: Pick<EventLog, 'tail' | 'read'>, through: Offset): Promise<void> {
    if ((this.#parts.task.erasedAt ?? -1) < this.#at) return
    for await (const batch of log.read(Math.max(log.tail, this.#at))) {
      for (const { offset, event } of batch) {
        if (offset < through && event?.type === 'erase') this.#erased.set(event.user, offset)
      }
      if ((batch.at(-1)?.offset ?? through) >= through - 1) return
    }
  }

  async #keep(): Promise<void> {
    const { task, checkpoints } = this.#parts
    const known = {
      through: this.#through,
      since: this.#outcomes.since(this.#at, this.#signals),
      counts: this.#learner.counts,
      watch: this.#learner.watch(),
    }
    await checkpoints.write(task.name, keptStep(task, known, this.#ranker.save()))
  }
}
