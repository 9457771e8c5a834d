import { type GraphBuilder, sizeOf } from '../../graph/tensor.ts'
import { type TablePlan, tableSize } from '../../graph/training/table.ts'
import type { IdLookup } from '../network/inputs.ts'

export interface FitShape {
  /** What leads from a batch to its loss. */
  readonly graph: GraphBuilder
  readonly plans: readonly TablePlan[]
  readonly lookups: readonly IdLookup[]
  /** What negatives are drawn by, in bytes. */
  readonly drawnBytes: number
}

const bytesPerNumber = 4

/** What learning keeps beside a parameter: its gradient and both moments. */
const perParameter = 4

/** The best weights so far, those that are judged, and the file and session that judge them. */
const copies = 4

/**
 * How many bytes a fit takes beside its examples: tables and parameters with what moves them,
 * copies of them that are judged and kept, and all that a step computes, there and back.
 */
export function fitBytes({ graph, plans, lookups, drawnBytes }: FitShape): number {
  let numbers = 0
  let weights = 0
  for (const { tensor } of graph.parameters) weights += sizeOf(tensor.shape)
  numbers += perParameter * weights
  for (const plan of plans) {
    const mine = lookups.filter(({ table }) => table === plan.name)
    const rows = mine.reduce((sum, { input }) => sum + sizeOf(input.shape.slice(0, -1)), 0)
    numbers += tableSize(plan, rows)
    weights += plan.rowCount * plan.width
  }
  numbers += copies * weights
  for (const { shape } of graph.inputs) numbers += 2 * sizeOf(shape)
  for (const { outputs } of graph.operations)
    for (const { shape } of outputs) numbers += 2 * sizeOf(shape)
  return numbers * bytesPerNumber + drawnBytes
}
