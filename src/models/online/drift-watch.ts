import { invalid } from '../../error.ts'
import { auc } from '../evaluation/auc.ts'
import { probability } from '../logistic/logistic-model.ts'

/**
 * Watches whether a model that goes on learning foretells worse than the one it began with.
 *
 * Each row is judged by what both foretold before it was learned, block after block of rows: by
 * logloss, and by the order within groups, since to follow whoever is active just now lowers the
 * loss and may spoil the order. The model of the beginning is given a bias that keeps up as well: a
 * mean that has moved is no merit of the weights, and would hide what harm they do.
 *
 * What it says follows from the rows in their order; `save` and `from` go on where it stood.
 */
export interface DriftWatch {
  /** What the model of the beginning foretells with its bias kept up. */
  fair(chance: number): number
  /**
   * Takes a row. Returns how the block did that ends with it, where one does; undefined else.
   */
  see(row: Foretold): Block | undefined
  /**
   * The label of a row that was seen has turned, and the model that goes on learned it once more
   * with this weight: the bias does too, or what is late would count against the model alone.
   */
  correct(row: Pick<Foretold, 'stale' | 'label'>, weight: number): void
  /** The newest block that ended. */
  readonly last: Block | undefined
  /** The block that is under way begins anew: the model was put back to its beginning. */
  clear(): void
  save(): SavedWatch
}

export interface Foretold {
  /** By the model that goes on learning, and by the one of the beginning. */
  readonly online: number
  readonly stale: number
  readonly label: number
  /** What it stood beside: a page. */
  readonly group: string
}

export interface Block {
  readonly rows: number
  /** Mean loglosses. */
  readonly online: number
  readonly stale: number
  /** Mean AUC within groups, where any could be told apart. */
  readonly onlineAuc?: number
  readonly staleAuc?: number
  /** Worse by more than chance explains, and by enough to matter, in loss or in order. */
  readonly isWorse: boolean
}

/** Plain data. */
export interface SavedWatch {
  readonly shift: number
  readonly slopes: number
  readonly rows: readonly Foretold[]
  readonly last?: Block
}

export interface WatchOptions {
  /** >= 2; 500 unless told. */
  readonly blockRows?: number
  /**
   * Standard errors that a difference must lie above 0; 3 unless told, since it is looked at again
   * and again, and rows of one page are not independent.
   */
  readonly deviations?: number
}

/** How fast the bias of the stale model keeps up, and the squared slopes that slow it at first. */
const [shiftRate, shiftWarmth] = [0.5, 5]

/** Chances nearer to 0 or 1 than this are this: one row is not to decide of a block. */
const least = 1e-6

/** Throws `invalid_argument` for options out of range. */
export function driftWatch(
  { blockRows = 500, deviations = 3 }: WatchOptions = {},
  from: SavedWatch = { shift: 0, slopes: shiftWarmth, rows: [] },
): DriftWatch {
  if (!(Number.isInteger(blockRows) && blockRows >= 2))
    throw invalid('blockRows', `${blockRows} must be a whole number >= 2`)
  let { shift, slopes, last } = from
  let rows = [...from.rows]
  const fair = (chance: number): number => probability(logOdds(chance) + shift)
  const move = (slope: number): void => {
    slopes += slope * slope
    shift -= (shiftRate * slope) / Math.sqrt(slopes)
  }
  return {
    fair,
    correct: ({ stale, label }, weight) => move(weight * (fair(stale) - label)),
    see({ online, stale, label, group }) {
      const fairly = fair(stale)
      rows.push({ online, stale: fairly, label, group })
      move(fairly - label)
      if (rows.length < blockRows) return undefined
      last = judged(rows, deviations)
      rows = []
      return last
    },
    get last() {
      return last
    },
    clear() {
      rows = []
    },
    save: () => ({ shift, slopes, rows: [...rows], ...(last && { last }) }),
  }
}

function judged(rows: readonly Foretold[], deviations: number): Block {
  const online = rows.map((row) => lossOf(row.online, row.label))
  const stale = rows.map((row) => lossOf(row.stale, row.label))
  const orders = ordersOf(rows)
  const [losses, others] = [meanOf(online), meanOf(stale)]
  const lossGaps = online.map((loss, row) => loss - stale[row]!)
  const orderGaps = orders.map((order) => order.stale - order.online)
  const isWorse =
    isAbove(lossGaps, lossMargin * others, deviations) ||
    isAbove(orderGaps, orderMargin, deviations)
  return {
    ...{ rows: rows.length, online: losses, stale: others, isWorse },
    ...(orders.length > 0 && {
      onlineAuc: meanOf(orders.map((order) => order.online)),
      staleAuc: meanOf(orders.map((order) => order.stale)),
    }),
  }
}

/** Of each group in which there is something to be told apart, how well both do. */
function ordersOf(rows: readonly Foretold[]): readonly { online: number; stale: number }[] {
  const groups = new Map<string, Foretold[]>()
  for (const row of rows) {
    const own = groups.get(row.group)
    if (own === undefined) groups.set(row.group, [row])
    else own.push(row)
  }
  return [...groups.values()].flatMap((own) => {
    const labels = own.map(({ label }) => label)
    const online = auc(
      own.map((row) => row.online),
      labels,
    )
    const stale = auc(
      own.map((row) => row.stale),
      labels,
    )
    return online === undefined || stale === undefined ? [] : [{ online, stale }]
  })
}

/** What does not matter: a share of the loss, and so much of AUC. */
const [lossMargin, orderMargin] = [0.02, 0.01]

/** Groups below which an order says nothing. */
const valuesMin = 10

/** Does the mean lie above a margin, and so many standard errors above 0? */
function isAbove(values: readonly number[], margin: number, deviations: number): boolean {
  if (values.length < valuesMin) return false
  const mean = meanOf(values)
  const variance = meanOf(values.map((value) => (value - mean) ** 2))
  return mean > margin && mean > deviations * Math.sqrt(variance / values.length)
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function lossOf(chance: number, label: number): number {
  const bounded = Math.min(1 - least, Math.max(least, chance))
  return -(label * Math.log(bounded) + (1 - label) * Math.log(1 - bounded))
}

function logOdds(chance: number): number {
  const bounded = Math.min(1 - least, Math.max(least, chance))
  return Math.log(bounded / (1 - bounded))
}
