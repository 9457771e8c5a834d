import type { ActionEvent } from '../../src/events/event.ts'
import { seededRandom } from '../../src/kernel/random.ts'

/** The place of an event in what a child was to write: which child, which append, which of it. */
export interface Place {
  readonly run: number
  readonly batch: number
  readonly index: number
}

/** A child trims what lies further back. */
export const keptEvents = 3000

/** All of an event follows from its place, so that every byte read back can be checked. */
export function eventAt({ run, batch, index }: Place): ActionEvent {
  const id = `${run}.${batch}.${index}`
  const random = seededRandom(id)
  const text = '日本語 text '.repeat(random.below(random.below(40) === 0 ? 500 : 20))
  const user = `u${random.below(20)}`
  return { id, at: run * 1e6 + batch, type: 'action', action: 'comment', user, item: 'i1', text }
}

/** What a child says on its standard output, a line each. */
export type Line =
  | { readonly said: 'open' }
  | { readonly said: 'appending'; readonly batch: number; readonly size: number }
  | { readonly said: 'appended'; readonly batch: number; readonly first: number }
  | { readonly said: 'erasing'; readonly user: string }
  | { readonly said: 'erased'; readonly user: string; readonly before: number }
