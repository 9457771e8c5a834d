import type { Trace } from '../../feed/pipeline/trace.ts'
import type { Catalogue } from '../../state/catalogue/catalogue.ts'
import type { Deed } from '../../state/projections/history.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { Share } from './shares.ts'

/** The kinds of reason that an item is shown for. */
export const reasons = [
  'pinned',
  'explore',
  'beside',
  'together',
  'taste',
  'tags',
  'interest',
  'regard',
  'momentum',
  'opening',
  'age',
  'agreement',
  'attribute',
  'source',
  'filler',
  'forgotten',
] as const

export type Reason = (typeof reasons)[number]

/** An item that a run brought, and what the run's trace says of it. */
export interface Subject {
  readonly item: Ordinal
  readonly trace: Trace
  /** In the finished order; -1 where a mixer left it out. */
  readonly place: number
  readonly sources: readonly string[]
  /** Largest first; empty where the run kept no features of it. */
  readonly shares: readonly Share[]
  /** How one feature alone stands to its average over the run. */
  feature(name: string): number
}

/** What sentences are made from besides the trace. */
export interface Knowledge {
  readonly catalogue: Pick<Catalogue, 'size' | 'tags' | 'availableFrom'>
  /** Tags attributes that are worth speaking of. */
  readonly tags: readonly string[]
  readonly titleOf: (item: Ordinal) => string
}

/** A reason in words, and the deeds that it rests on, newest first. */
export interface Told {
  readonly reason: Reason
  readonly because: string
  readonly deeds: readonly Deed[]
}

/** A reason that rests on nothing that the user did. */
export function plainly(reason: Reason, because: string): Told {
  return { reason, because, deeds: [] }
}
