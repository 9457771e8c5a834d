import { type Field, widthOf } from '../ranking/field.ts'

/**
 * Where the weights of each field lie: a linear model sees a row as a few slots that are on.
 *
 * A number has two, for its value and for its being absent; ids have one each. In a history the 0
 * is no id but an empty place, and has its slot for nothing but arithmetic.
 */
export interface Slots {
  readonly fields: readonly Field[]
  readonly slotCount: number
  /** By field: its first slot. */
  readonly starts: Uint32Array
  /**
   * By field: its first vector, where vectors are shared by table as the fields ask. A weight never
   * is: to have met an item and to be shown it are two things.
   */
  readonly vectors: Uint32Array
  readonly vectorCount: number
  /** The most slots that a row can have on. */
  readonly widthMost: number
}

export function slotsOf(fields: readonly Field[]): Slots {
  const [starts, vectors] = [new Uint32Array(fields.length), new Uint32Array(fields.length)]
  const tables = new Map<string, number>()
  let [slotCount, vectorCount, widthMost] = [0, 0, 0]
  for (const [index, field] of fields.entries()) {
    const size = field.kind === 'number' ? 2 : field.size
    starts[index] = slotCount
    slotCount += size
    widthMost += widthOf(field)
    const table = field.kind === 'number' ? undefined : (field.table ?? field.name)
    const shared = table === undefined ? undefined : tables.get(table)
    vectors[index] = shared ?? vectorCount
    if (shared !== undefined) continue
    if (table !== undefined) tables.set(table, vectorCount)
    vectorCount += size
  }
  return { fields, slotCount, starts, vectors, vectorCount, widthMost }
}
