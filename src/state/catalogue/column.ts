import type { AttributeValue } from '../../events/event.ts'
import type { Ordinal } from '../projections/projection.ts'

/** One attribute of all items. */
export interface Column {
  /** Takes the item's value; `undefined`, or a value of another type, leaves it without one. */
  put(item: Ordinal, value: AttributeValue | undefined): void
}
