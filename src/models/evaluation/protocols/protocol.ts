import { invalid } from '../../../error.ts'
import type { Random } from '../../../kernel/random.ts'

/** The formats that data for an evaluation come in. */
export const formats = [
  'user-items',
  'leave-one-out',
  'timed',
  'temporal',
  'sequence',
  'sessions',
  'libfm',
  'ratings',
] as const
export type Format = (typeof formats)[number]

/** Where the data lie. Which of them a format needs, its protocol says. */
export interface Files {
  readonly train: string
  readonly test?: string
  /** What the one target of each test stands among. */
  readonly negatives?: string
  /** What a fit may stop by, and a search choose by. */
  readonly validation?: string
  /** What is known of the items themselves. */
  readonly items?: string
}

/** A file that the format cannot do without. */
export function needed(files: Files, what: keyof Files): string {
  const file = files[what]
  if (file === undefined) throw invalid(what, 'must name a file: this format has no other')
  return file
}

/**
 * How data are read and cut, and how what was learned of them is judged.
 *
 * `Data` is all that a fit sees, and holds nothing of a test; `Part` is what is asked and what was
 * right; `Learned` is what answers.
 */
export interface Protocol<Data, Part, Learned> {
  readonly format: Format
  /** In words: what is withheld, what is ranked, and how ties count. */
  readonly description: string

  /** Throws for a line that cannot be read, with file and number. */
  read(files: Files): Promise<Split<Data, Part>>

  /**
   * What settings are chosen on: a part of what may be learned from is asked for instead of the
   * test. The same chance gives the same cut.
   */
  validation(data: Data, random: Random): Split<Data, Part>

  /** At most `count` of those who are asked, drawn by chance. */
  some(part: Part, count: number, random: Random): Part

  /** Metric → how it came out. The first one is what a search goes by, unless told otherwise. */
  judge(learned: Learned, part: Part, options: JudgeOptions): Promise<Judgement>
}

/** What may be learned from, and what is asked afterwards. */
export interface Split<Data, Part> {
  readonly data: Data
  readonly part: Part
}

export interface JudgeOptions {
  /** How long a list is, where lists are judged; the protocol's own length where left out. */
  readonly k?: number
  readonly signal?: AbortSignal
  /** Told the share that is done, in (0, 1]. */
  readonly onProgress?: (share: number) => void
}

export type Judgement = Readonly<Record<string, Sample>>

/** A value for each user (whose mean is the figure), or a figure of all users as a whole. */
export type Sample = Float64Array | Pooled

/** A figure that is no mean over users, such as an AUC: to be had for any crowd of them. */
export interface Pooled {
  readonly userCount: number
  /** The figure of a crowd in which each user stands so many times. */
  of(times: ArrayLike<number>): number
}

/** True where less is better. */
export const isLoss = (metric: string): boolean => /^(logloss|RMSE|MAE|ECE)/.test(metric)
