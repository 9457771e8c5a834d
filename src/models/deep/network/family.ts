import type { Json } from '../../../events/event.ts'
import type { GraphBuilder, Tensor } from '../../graph/tensor.ts'
import type { CategoryField, Field, SequenceField } from '../../ranking/field.ts'
import type { Cross } from './cross.ts'

/** Anything whose values are ids below a size. */
export type Ids = CategoryField | SequenceField | Cross

/** Vectors for ids: those of one use and width share a table, in which each id has its row. */
export interface Embedding {
  readonly use: string
  readonly width: number
  /** Of the normal numbers that vectors begin with; 0.01 where left out. */
  readonly deviation?: number
}

/**
 * What a family sees of rows, alike whether they come in batches to learn from or in requests.
 *
 * What tells of the user alone stands apart from the rest: in a request it may be one row while the
 * rest are many. So columns come in parts of [n, …], where n is 1 or the number of rows, and what
 * joins them must let the one be for all.
 */
export interface Inputs {
  readonly graph: GraphBuilder
  readonly fields: readonly Field[]
  /** Parts of [n, count]: mean 0 and deviation 1 in what was learned from, and 0 where absent. */
  readonly numbers: readonly Tensor[]
  /** The same of one side; the context goes with the user. */
  numbersOf(side: 'user' | 'item'): readonly Tensor[]
  /** Parts of [n, values, width]: a vector for each id, the user's first. */
  vectors(ids: readonly Ids[], embedding: Embedding): readonly Tensor[]
  /** [n, length]: 1 where there is an id, 0 where it is 0. */
  presence(field: SequenceField): Tensor
}

/** One thing that is foretold. */
export interface Head {
  readonly name: string
  /** A `chance` has labels in [0, 1]; an `amount` any, of which the mean is learned. */
  readonly learns: 'chance' | 'amount'
  /** How much its loss counts beside the others'; 1 where left out. */
  readonly weight?: number
}

/** What a family can be told, in plain data: it is saved with the model. */
export type Settings = { readonly [setting: string]: Json }

/** A way to get from rows to what is foretold of them. */
export interface Family<S> {
  readonly kind: string
  readonly defaults: S
  heads(settings: S): readonly Head[]
  /** Throws `invalid_argument` for settings out of range, and fields that are missing. */
  check(settings: S, fields: readonly Field[]): void
  /** Adds itself to the graph; [rows, 1] for each head: log-odds, or an amount. */
  build(inputs: Inputs, settings: S): readonly Tensor[]
}

export const isIds = (field: Field): field is CategoryField | SequenceField =>
  field.kind !== 'number'
