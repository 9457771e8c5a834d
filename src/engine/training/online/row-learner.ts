import type { Offset } from '../../../events/log/event-log.ts'
import { type Block, driftWatch, type SavedWatch } from '../../../models/online/drift-watch.ts'
import type { KeptRanker, KeptRows } from './kept-rankers.ts'
import type { RipeRow } from './page-outcomes.ts'
import { loggedOf, type Told } from './told-rows.ts'

/** What was learned, and how often it was of no use. */
export interface Counts {
  readonly rowCount: number
  /** Of these, rows whose label had turned. */
  readonly correctionCount: number
  /** Rows whose features nobody had logged. */
  readonly missingCount: number
  /** How often it did worse than its version, went back to it, and where it did last. */
  readonly resetCount: number
  readonly resetAt?: Offset
}

/** Teaches a ranker ripe rows in their order, and puts it back where it does worse for it. */
export interface RowLearner {
  readonly counts: Counts
  /** The newest rows by the ranker and its version, where there were enough to judge. */
  readonly judged: Block | undefined
  learn(ripe: readonly RipeRow[], told: readonly Told[]): Promise<void>
  /** What another goes on from, beside the counts and the ranker. */
  watch(): SavedWatch
}

/** What a late like may count at most beside one that was learned in time. */
const correctionMost = 10

export function rowLearner(
  ranker: Pick<KeptRanker, 'rows' | 'reset'>,
  from: { readonly counts?: Counts | undefined; readonly watch?: SavedWatch | undefined },
): RowLearner {
  const watch = driftWatch({}, from.watch)
  const none = { rowCount: 0, correctionCount: 0, missingCount: 0, resetCount: 0 }
  let counts: Counts = { ...none, ...from.counts }
  const count = (name: 'rowCount' | 'correctionCount' | 'missingCount', more = 1): void => {
    counts = { ...counts, [name]: counts[name] + more }
  }

  const learnRow = (rows: KeptRows, index: number, row: RipeRow): void => {
    const { label, user, isCorrection } = row
    const stale = rows.stale[index]!
    count('rowCount')
    if (isCorrection) {
      count('correctionCount')
      const weight = correctionOf(label, watch.fair(stale))
      rows.learn(index, label, weight, user)
      watch.correct({ stale, label }, weight)
      return
    }
    const online = rows.learn(index, label, 1, user)
    if (watch.see({ online, stale, label, group: row.page })?.isWorse !== true) return
    ranker.reset()
    watch.clear()
    counts = { ...counts, resetCount: counts.resetCount + 1, resetAt: row.offset }
  }

  return {
    get counts() {
      return counts
    },
    get judged() {
      return watch.last
    },
    watch: watch.save,

    async learn(ripe, told) {
      const known = new Map(told.map((row) => [`${row.run} ${row.item}`, row]))
      const found = ripe.flatMap((row) => {
        const logged = loggedOf(known.get(`${row.run} ${row.item}`))
        return logged === undefined ? [] : [{ row, logged }]
      })
      count('missingCount', ripe.length - found.length)
      if (found.length === 0) return
      const rows = await ranker.rows(found.map(({ logged }) => logged))
      for (const [index, { row }] of found.entries()) learnRow(rows, index, row)
    },
  }
}

/**
 * How much a row counts whose label turned: so much that what it taught with the other label is
 * made up for, to first order. With chance p a miss moved the odds by p, and a like by 1 - p; both
 * together are to move them by 1 - p.
 */
function correctionOf(label: 0 | 1, chance: number): number {
  return Math.min(correctionMost, 1 / (label === 1 ? 1 - chance : chance))
}
