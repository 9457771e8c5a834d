import type { InputOf } from '../../api/operation.ts'
import type { Service } from '../../api/service.ts'

/** An action as the API takes it. */
export type TrackedEvent = InputOf<Service['track']>['events'][number]

/** One thing that waits to be told: an action, or that a visitor turned out to be somebody. */
export type Letter =
  | { readonly event: TrackedEvent }
  | { readonly merge: { readonly from: string; readonly into: string } }

/** A letter and where it is kept. Keys sort by age. */
export interface Kept {
  readonly key: string
  readonly letter: Letter
  readonly sizeBytes: number
}
