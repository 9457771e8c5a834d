import type { Action } from '../../../events/event.ts'
import type { NameSource, NumberSource } from './sources/source.ts'

/**
 * What a ranker is given of a request, written down as data: which columns, where each comes from,
 * and how it is turned into numbers. The same declaration fills rows when serving, when training
 * from the log, and from what was logged; a model carries the one it was made for.
 */
export interface DeclaredSet {
  /** Lower case, digits and `-`. */
  readonly name: string
  /** Raised when any column changes its meaning. */
  readonly version: number
  readonly description: string
  readonly columns: readonly DeclaredColumn[]
  readonly crosses?: readonly DeclaredCross[]
  /** The words that names are looked up in; columns that name one vocabulary share embeddings. */
  readonly vocabularies?: Readonly<Record<string, DeclaredVocabulary>>
  /** Actions that are counted as one, by name; see `Fusion`. */
  readonly fusions?: Readonly<Record<string, Fusion>>
  /** What may be foretold. */
  readonly labels: readonly DeclaredLabel[]
}

/**
 * One source and what becomes of it. Where the source gives several values, `genre` makes the
 * fields `genre-1`, `genre-2` …, and `genre#` the fields `genre1`, `genre2` …
 */
export type DeclaredColumn = NumberColumn | NameColumn

interface Described {
  readonly name: string
  /** What the value means, with its unit: shown wherever the feature is explained. */
  readonly description: string
}

export interface NumberColumn extends Described {
  readonly source: NumberSource
  readonly as: NumberForm | BucketForm
}

export interface NameColumn extends Described {
  readonly source: NameSource
  readonly as: CategoryForm | SequenceForm | OneHotForm
}

/** A number, by these steps in this order: absent, clip, log, decimals, scale or standardise. */
export interface NumberForm {
  readonly form: 'number'
  /** What stands for a value that nobody could tell; 0 unless told. */
  readonly absent?: number
  readonly clip?: readonly [least: number, most: number]
  /** ln(1 + x), of what is below 0 -ln(1 - x). */
  readonly log?: true
  /** Rounded to so many places. */
  readonly decimals?: number
  /** (x - typical) / scale. */
  readonly scale?: readonly [typical: number, scale: number]
  /** Less the mean, by the standard deviation, of the rows that the encoding was fitted to. */
  readonly standardise?: true
}

/**
 * A category by bounds: 0 where there is no value, else one more than the number of bounds that are
 * at or below it. Bounds are declared, or quantiles of the rows that the encoding was fitted to.
 */
export interface BucketForm {
  readonly form: 'buckets'
  readonly bounds: readonly number[] | { readonly quantiles: number }
}

/** A category: the place of the name in a vocabulary, or its hash; 0 for what is unknown. */
export type CategoryForm = { readonly form: 'category' } & Lookup

/** The ids of all names of the source as one sequence: the newest last, after zeros. */
export type SequenceForm = { readonly form: 'sequence' } & Lookup

export type Lookup =
  | { readonly vocabulary: string }
  /** `hash` buckets besides 0, which only the absent falls into. */
  | { readonly hash: number; readonly seed: string }

/** A number field of 0 or 1 for each word of a vocabulary whose words are declared. */
export interface OneHotForm {
  readonly form: 'one-hot'
  readonly vocabulary: string
}

/** A category for each combination of names, hashed; 0 where any of them is absent. */
export interface DeclaredCross extends Described {
  /** Names of fields that hold names: of several values, `genre-1` and so on. 2 or 3 of them. */
  readonly of: readonly string[]
  readonly buckets: number
  readonly seed: string
}

/**
 * Words that are declared, or the commonest of the rows that the encoding was fitted to. 0 is the
 * unknown, and no word; where a data set says "(no genres listed)", that is a word of it.
 */
export type DeclaredVocabulary =
  | { readonly words: readonly string[] }
  | { readonly countMax: number; readonly seenMin?: number }

/**
 * Several actions as one figure: how much each counts. One that takes another back counts below 0.
 */
export type Fusion = Readonly<Partial<Record<Action, number>>>

/** 1 where the signs of one of these deeds were seen on the row, else 0. */
export interface DeclaredLabel {
  readonly name: string
  readonly description: string
  readonly positive: readonly Sign[]
  /** Where one of these was seen the label is 0, whatever else was. */
  readonly negative?: readonly Sign[]
}

export interface Sign {
  readonly action: Action
  /** The value from which on it counts: stars, ms, share played. */
  readonly from?: number
}
