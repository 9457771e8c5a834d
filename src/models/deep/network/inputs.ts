import { absent, greater, where } from '../../graph/ops/activations.ts'
import { div, sub } from '../../graph/ops/elementary.ts'
import { gather } from '../../graph/ops/matrix.ts'
import { concat } from '../../graph/ops/shape.ts'
import type { GraphBuilder, Shape, Tensor } from '../../graph/tensor.ts'
import type { Lookup } from '../../graph/training/descent.ts'
import type { TablePlan } from '../../graph/training/table.ts'
import { type Field, type SequenceField, widthOf } from '../../ranking/field.ts'
import { bucketTensor } from './cross.ts'
import type { Embedding, Ids, Inputs } from './family.ts'

/** The mean and deviation of each field of numbers, by its name. */
export type Scales = ReadonlyMap<string, readonly [mean: number, deviation: number]>

/** Ids that a table is looked up by, and where in it their rows begin. */
export interface Placed {
  readonly ids: Ids
  readonly start: number
}

/** A lookup, and the ids of which it consists. */
export interface IdLookup extends Lookup {
  readonly ids: readonly Placed[]
}

export interface PlannedTable extends Pick<TablePlan, 'name' | 'width' | 'deviation'> {
  readonly rowCount: number
  readonly blank: readonly number[]
}

/** How tables are laid out: the same whatever the graph is for, as a family asks in one order. */
class TableLayout {
  readonly tables = new Map<string, { plan: PlannedTable; starts: Map<string, number> }>()

  place(ids: Ids, { use, width, deviation = 0.01 }: Embedding): Placed & { table: string } {
    const name = `${use} ${width}`
    let table = this.tables.get(name)
    if (table === undefined) {
      table = { plan: { name, width, deviation, rowCount: 0, blank: [] }, starts: new Map() }
      this.tables.set(name, table)
    }
    const key = (ids.kind === 'cross' ? undefined : ids.table) ?? ids.name
    let start = table.starts.get(key)
    if (start === undefined) {
      start = table.plan.rowCount
      table.starts.set(key, start)
      const blank = ids.kind === 'cross' ? [] : [start]
      table.plan = {
        ...table.plan,
        rowCount: start + ids.size,
        blank: [...table.plan.blank, ...blank],
      }
    }
    return { ids, start, table: name }
  }
}

/** The user's part first, then the rest; parts that are empty are none. */
const sides = <T extends { readonly side: Field['side'] }>(all: readonly T[]): readonly T[][] =>
  [all.filter(({ side }) => side === 'user'), all.filter(({ side }) => side !== 'user')].filter(
    (part) => part.length > 0,
  )

/** Inputs of batches: vectors come from tables outside, filled by whoever descends. */
export interface TrainingInputs extends Inputs {
  readonly lookups: readonly IdLookup[]
  readonly presences: readonly { readonly input: Tensor; readonly field: SequenceField }[]
  readonly columns: readonly { readonly input: Tensor; readonly field: Field }[]
  tables(): readonly PlannedTable[]
}

export function trainingInputs(
  graph: GraphBuilder,
  fields: readonly Field[],
  scales: Scales,
): TrainingInputs {
  const layout = new TableLayout()
  const lookups: IdLookup[] = []
  const presences: { input: Tensor; field: SequenceField }[] = []
  const columns: { input: Tensor; field: Field }[] = []
  const rows = graph.batch
  const numbers = scaledNumbers(fields, scales, (field) => {
    const input = graph.input(`column ${field.name}`, [rows, 1])
    columns.push({ input, field })
    return input
  })
  return {
    ...{ graph, fields, ...numbers, lookups, presences, columns },
    vectors: (ids, embedding) =>
      sides(ids).map((part) => {
        const placed = part.map((one) => layout.place(one, embedding))
        const shape = [rows, valuesOf(part), embedding.width]
        const input = graph.input(`lookup ${lookups.length}`, shape, { differentiable: true })
        lookups.push({ input, table: placed[0]!.table, ids: placed })
        return input
      }),
    presence(field) {
      const known = presences.find((other) => other.field === field)
      if (known) return known.input
      const input = graph.input(`presence ${field.name}`, [rows, field.length])
      presences.push({ input, field })
      return input
    },
    tables: () => [...layout.tables.values()].map(({ plan }) => plan),
  }
}

const valuesOf = (ids: readonly Ids[]): number =>
  ids.reduce((sum, one) => sum + (one.kind === 'sequence' ? one.length : 1), 0)

/**
 * Inputs of requests: an input per field, by its name, and tables in the file. With `userRows` 1
 * the user's columns are one row for all the others.
 */
export function servingInputs(
  graph: GraphBuilder,
  fields: readonly Field[],
  scales: Scales,
  { tables, userRows }: ServedTables,
): Inputs & { readonly tables: ReadonlyMap<string, Tensor> } {
  const layout = new TableLayout()
  const columns = new Map<string, Tensor>()
  for (const field of fields) {
    const shape: Shape = [field.side === 'user' ? userRows : graph.batch, widthOf(field)]
    const type = field.kind === 'number' ? 'float' : 'int64'
    columns.set(field.name, graph.input(field.name, shape, { type }))
  }
  const idsOf = (ids: Ids): Tensor =>
    ids.kind === 'cross'
      ? bucketTensor(
          ids,
          ids.fields.map((field) => columns.get(field.name)!),
          graph,
        )
      : columns.get(ids.name)!
  const tensors = new Map<string, Tensor>()
  const tensorOf = (name: string): Tensor => {
    const known = tensors.get(name)
    if (known) return known
    const { rowCount, width } = tables.find((table) => table.name === name)!
    const tensor = graph.input(`table ${name}`, [rowCount, width])
    tensors.set(name, tensor)
    return tensor
  }
  const numbers = scaledNumbers(fields, scales, (field) => columns.get(field.name)!)
  return {
    ...{ graph, fields, ...numbers, tables: tensors },
    vectors: (ids, embedding) =>
      sides(ids).map((part) => {
        const placed = part.map((one) => layout.place(one, embedding))
        const shifted = placed.map(({ ids: one, start }) => {
          const tensor = idsOf(one)
          if (start === 0) return tensor
          const by = graph.constant([start], [1], 'int64')
          return graph.emit('Add', [tensor, by], tensor.shape, { type: 'int64' })
        })
        return gather(tensorOf(placed[0]!.table), joinedIds(shifted))
      }),
    presence(field) {
      const ids = columns.get(field.name)!
      const isThere = greater(ids, graph.constant([0], [1], 'int64'))
      return graph.emit('Cast', [isThere], ids.shape, { attributes: { to: 1 } })
    },
  }
}

export interface ServedTables {
  readonly tables: readonly PlannedTable[]
  /** 1, or -1 for as many as there are rows. */
  readonly userRows: 1 | -1
}

function joinedIds(parts: readonly Tensor[]): Tensor {
  const [first] = parts
  if (parts.length === 1) return first!
  const width = parts.reduce((sum, { shape }) => sum + shape[1]!, 0)
  return first!.graph.emit('Concat', parts, [first!.shape[0]!, width], {
    attributes: { axis: 1 },
    type: 'int64',
  })
}

/** Numbers as a network takes them, the user's, the context's and the item's apart. */
function scaledNumbers(
  fields: readonly Field[],
  scales: Scales,
  columnOf: (field: Field) => Tensor,
): Pick<Inputs, 'numbers' | 'numbersOf'> {
  const parts = (['user', 'context', 'item'] as const).flatMap((side) => {
    const mine = fields.filter((field) => field.kind === 'number' && field.side === side)
    return mine.length > 0 ? [{ side, part: scaled(mine, scales, concat(mine.map(columnOf))) }] : []
  })
  const of = (isMine: (side: Field['side']) => boolean) =>
    parts.filter(({ side }) => isMine(side)).map(({ part }) => part)
  return {
    numbers: of(() => true),
    numbersOf: (side) => of((other) => (other === 'item') === (side === 'item')),
  }
}

/** One that is not there stands in the middle. */
function scaled(fields: readonly Field[], scales: Scales, raw: Tensor): Tensor {
  const { graph } = raw
  const constant = (place: 0 | 1): Tensor =>
    graph.constant(
      fields.map(({ name }) => scales.get(name)?.[place] ?? place),
      [fields.length],
    )
  return where(absent(raw), graph.scalar(0), div(sub(raw, constant(0)), constant(1)))
}
