import type { Known } from '../projections/projection.ts'
import type { Context } from './feature.ts'

/** Something that follows from who asks and what is known of them. */
export type PerRequest<Value> = (context: Context, known: Known) => Value

/**
 * Work that several features and sources share, done once per request. It is kept for as long as
 * the request is: what is known of a user may be another thing in the next.
 */
export function perRequest<Value>(work: PerRequest<Value>): PerRequest<Value> {
  const done = new WeakMap<Context, { readonly known: Known; readonly value: Value }>()
  return (context, known) => {
    const before = done.get(context)
    if (before?.known === known) return before.value
    const value = work(context, known)
    done.set(context, { known, value })
    return value
  }
}
