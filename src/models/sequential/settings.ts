import { invalid } from '../../error.ts'
import { checkEpochs, type EpochSettings, epochSettings } from '../graph/training/epochs.ts'

/** The shape of the network; saved with what was learned. */
export interface AttentionSettings {
  /** How many of the last items are looked at, 2 to 1,000. */
  readonly length: number
  /** Numbers per vector, 4 to 1,024; a multiple of `heads`. */
  readonly dims: number
  readonly blocks: number
  readonly heads: number
}

/** How it is learned. */
export interface AttentionFit extends EpochSettings {
  /** The share of numbers dropped in each step, in [0, 1). */
  readonly dropout: number
  /**
   * Items drawn evenly in each step, which every place of the batch is held against, 1 to 100,000;
   * or all, which takes memory for as many numbers as places of a batch times items.
   */
  readonly negatives: number | 'all'
  /** Whether one item is to be told from all the others, or each for itself; all take `softmax`. */
  readonly loss: 'softmax' | 'gbce'
  /**
   * Of `gbce`: how much of the overconfidence that comes of drawing few of all items is taken back,
   * in [0, 1]: t of Petrov and Macdonald (2023, eq. 9); 0 is plain binary cross-entropy.
   */
  readonly calibration: number
  /** Rows of the validation part that decide when to stop; where there is one. */
  readonly judgedMax: number
}

export const attentionSettings: AttentionSettings & AttentionFit = {
  ...epochSettings,
  ...{ length: 50, dims: 64, blocks: 2, heads: 1 },
  ...{ dropout: 0.2, negatives: 1_024, loss: 'softmax', calibration: 0.75, judgedMax: 1_000 },
  ...{ batch: 16, epochs: 20, patience: 3, rateDecay: 0.5 },
}

/** Throws `invalid_argument` for what is out of range. */
export function checkShape(settings: AttentionSettings): void {
  const { length, dims, blocks, heads } = settings
  whole('length', length, 2, 1_000)
  whole('dims', dims, 4, 1_024)
  whole('blocks', blocks, 1, 12)
  whole('heads', heads, 1, 16)
  if (dims % heads !== 0) throw invalid('dims', `${dims} must be a multiple of ${heads} heads`)
}

/** Throws `invalid_argument` for what is out of range. */
export function checkAttention(settings: AttentionSettings & AttentionFit): void {
  checkShape(settings)
  checkEpochs(settings)
  const { dropout, negatives, loss, calibration, judgedMax } = settings
  if (negatives !== 'all') whole('negatives', negatives, 1, 100_000)
  if (loss !== 'softmax' && (loss !== 'gbce' || negatives === 'all'))
    throw invalid('loss', `"${loss}" must be softmax, or gbce where some items are drawn`)
  whole('judgedMax', judgedMax, 1, 1_000_000)
  if (!(dropout >= 0 && dropout < 1)) throw invalid('dropout', `${dropout} must be >= 0 and < 1`)
  if (!(calibration >= 0 && calibration <= 1))
    throw invalid('calibration', `${calibration} must be >= 0 and <= 1`)
}

function whole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw invalid(name, `${value} must be a whole number >= ${least} and <= ${most}`)
}
