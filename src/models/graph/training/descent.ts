import { broken, invalid, StarlingError } from '../../../error.ts'
import { seededRandom } from '../../../kernel/random.ts'
import { type Arena, openArena } from '../../../kernel/wasm/arena.ts'
import { descentKernels } from '../../../kernel/wasm/descent-kernels.ts'
import { rowKernels } from '../../../kernel/wasm/row-kernels.ts'
import { gradientsOf } from '../gradients.ts'
import { leavesOf, toOnnx } from '../onnx/model-file.ts'
import { type Bound, openSession } from '../onnx/session.ts'
import { type GraphBuilder, sizeOf, type Tensor } from '../tensor.ts'
import { begin, beginTable, fillMask } from './initial.ts'
import {
  type LearnedTable,
  learnedTable,
  type TableGround,
  type TablePlan,
  tableSize,
} from './table.ts'

/** What is to be learned: a loss, and how it hangs on tables. Its graph has a known batch. */
export interface Trainee {
  readonly loss: Tensor
  /** Inputs that a step fills with rows of tables; the last axis is the width of the table. */
  readonly lookups: readonly Lookup[]
  /** Inputs that are a whole table: [rowCount, width]. Its update must be `every`. */
  readonly wholes?: readonly Lookup[]
}

export interface Lookup {
  readonly input: Tensor
  readonly table: string
}

export interface DescentOptions {
  readonly seed: number | string
  /** Of Adam, > 0. */
  readonly rate: number
  /** 0.999 where left out. */
  readonly beta2?: number
  /** Penalty l2 / 2 · Σ value² of all parameters, not of tables; 0 where left out. */
  readonly l2?: number
}

/** All that goes on changing, in an order of its own: what a checkpoint holds. */
export interface DescentState {
  readonly steps: number
  readonly arrays: readonly Float32Array[]
}

/**
 * Learns by steps of Adam (Kingma and Ba 2015) from batches that are laid into its inputs. The same
 * seed and the same batches give the same bits; so does going on from a state.
 */
export interface Descent extends AsyncDisposable {
  /** To be filled before each step. Lookups and masks are filled by the step itself. */
  input(name: string): Float32Array
  /** What an input shall hold rows of; to be filled before each step, since it changes them. */
  ids(lookup: string): Uint32Array
  /** One step; gives the loss before it. Throws `failed_precondition` where it is no number. */
  step(rate?: number): Promise<number>
  /** What a parameter or table holds now; it changes with each step. */
  values(name: string): Float32Array
  /** All weights, parameters and tables, each by its name. */
  readonly weights: ReadonlyMap<string, Float32Array>
  /** As it is now, not copied. */
  state(): DescentState
  restore(state: DescentState): void
}

export async function openDescent(
  trainee: Trainee,
  plans: readonly TablePlan[],
  options: DescentOptions,
): Promise<Descent> {
  const { graph } = trainee.loss
  const { rate, beta2 = 0.999, l2 = 0, seed } = options
  if (!(rate > 0 && rate < 10)) throw invalid('rate', `${rate} must be > 0 and < 10`)
  const { file, learned } = withGradients(trainee)
  const arena = openArena({ sizeBytes: 4 * sizeNeeded(trainee, plans) })
  const kernels = { ...rowKernels(arena), ...descentKernels(arena) }
  const flat = flatParameters(graph, arena)
  const tables = new Map(
    plans.map((plan) => [plan.name, tableOf(plan, trainee, { arena, kernels })]),
  )
  for (const parameter of graph.parameters)
    begin(parameter, flat.weights.get(parameter.tensor.name)!, seed)
  for (const { plan, values } of tables.values()) beginTable(plan, values, seed)

  const bindings = bound(trainee, { arena, flat, tables, learned })
  const session = await openSession(file)
  const run = session.bind(bindings.inputs, bindings.outputs)
  const weights = new Map([
    ...flat.weights,
    ...[...tables].map(([name, { values }]) => [name, values] as const),
  ])
  let steps = 0
  const state = (): DescentState => ({
    steps,
    arrays: [
      ...[flat.values, flat.first, flat.second],
      ...[...tables.values()].flatMap(({ values, moments }) => [values, ...moments]),
    ],
  })
  const named = <V>(found: V | undefined, name: string): V => {
    if (found === undefined) throw broken(`the graph knows no "${name}"`)
    return found
  }
  return {
    weights,
    input: (name) => named(bindings.given.get(name), name),
    ids: (name) => named(bindings.ids.get(name), name),
    values: (name) => named(weights.get(name), name),
    async step(rateNow = rate) {
      steps++
      const random = seededRandom(`${seed}/masks/${steps}`)
      for (const mask of graph.masks) fillMask(mask, bindings.given.get(mask.tensor.name)!, random)
      for (const { ids, rows, table } of bindings.lookups) table.lookUp(ids, rows)
      await run()
      const loss = bindings.loss[0]!
      if (!Number.isFinite(loss)) throw diverged(loss, steps, rateNow)
      const adam = { rate: rateNow, beta2, step: steps }
      if (l2 > 0) kernels.axpy(l2, flat.values, flat.gradients)
      kernels.adam(flat.values, flat.gradients, flat, adam)
      for (const table of tables.values()) table.descend(adam)
      return loss
    },
    state,
    restore(kept) {
      steps = kept.steps
      for (const [place, array] of state().arrays.entries()) array.set(kept.arrays[place]!)
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}

const gradientName = (tensor: Tensor): string => `gradient of ${tensor.name}`

/**
 * The graph with what leads back, and what is learned of it: what the loss does not need is not.
 */
function withGradients({ loss, lookups, wholes = [] }: Trainee) {
  const { graph } = loss
  if (graph.batch < 1) throw broken('a graph that is trained must know its batch')
  const needed = new Set(leavesOf([loss]))
  const all = [
    ...graph.parameters.map(({ tensor }) => tensor),
    ...[...lookups, ...wholes].map(({ input }) => input),
  ]
  const learned = all.filter((tensor) => needed.has(tensor))
  const gradients = gradientsOf(loss, learned)
  const outputs = new Map([['loss', loss]])
  for (const [place, tensor] of learned.entries())
    outputs.set(gradientName(tensor), gradients[place]!)
  return { file: toOnnx({ outputs, values: new Map() }), learned: new Set(learned) }
}

/** Parameters one behind the other, so that one pass of Adam moves all. */
function flatParameters({ parameters }: GraphBuilder, arena: Arena) {
  const length = parameters.reduce((sum, { tensor }) => sum + padded(sizeOf(tensor.shape)), 0)
  const array = () => arena.float32(length)
  const flat = { values: array(), gradients: array(), first: array(), second: array() }
  let start = 0
  const places = parameters.map(({ tensor }) => {
    const place = [start, start + sizeOf(tensor.shape)] as const
    start += padded(sizeOf(tensor.shape))
    return [tensor.name, place] as const
  })
  const views = (whole: Float32Array) =>
    new Map(places.map(([name, [from, to]]) => [name, whole.subarray(from, to)]))
  return { ...flat, weights: views(flat.values), byName: views(flat.gradients) }
}

/** Arrays of ONNX Runtime begin where a line of the cache does. */
const padded = (length: number): number => Math.ceil(length / 16) * 16

function tableOf(
  plan: TablePlan,
  { lookups, wholes = [] }: Trainee,
  ground: Pick<TableGround, 'arena' | 'kernels'>,
): LearnedTable {
  const isWhole = wholes.some(({ table }) => table === plan.name)
  if (isWhole && plan.update !== 'every')
    throw broken(`table "${plan.name}" is taken whole and must move every row`)
  const mine = lookups.filter(({ table }) => table === plan.name)
  for (const { input } of mine) {
    if (input.shape.at(-1) !== plan.width)
      throw broken(`${input.name} is [${input.shape}], rows of "${plan.name}" are ${plan.width}`)
  }
  return learnedTable(plan, { ...ground, isWhole, lookups: rowsOf(mine) })
}

const rowsOf = (lookups: readonly Lookup[]): number =>
  lookups.reduce((sum, { input }) => sum + sizeOf(input.shape.slice(0, -1)), 0)

/** In numbers of four bytes, with what is lost by aligning. */
function sizeNeeded(trainee: Trainee, plans: readonly TablePlan[]): number {
  const { graph } = trainee.loss
  let size = 1_024
  for (const { tensor } of graph.parameters) size += 4 * padded(sizeOf(tensor.shape))
  for (const { shape } of graph.inputs) size += padded(sizeOf(shape)) + 16
  for (const plan of plans) {
    const mine = trainee.lookups.filter(({ table }) => table === plan.name)
    size += tableSize(plan, rowsOf(mine)) + 7 * 16
  }
  return size
}

interface Laid {
  readonly arena: Arena
  readonly flat: ReturnType<typeof flatParameters>
  readonly tables: ReadonlyMap<string, LearnedTable>
  readonly learned: ReadonlySet<Tensor>
}

/** An array for all that goes into the graph and comes out of it. */
function bound({ loss, lookups, wholes = [] }: Trainee, { arena, flat, tables, learned }: Laid) {
  const { graph } = loss
  const inputs = new Map<string, Bound>()
  const lossValue = arena.float32(1)
  const outputs = new Map<string, Bound>([['loss', { data: lossValue, shape: [] }]])
  const take = (tensor: Tensor, data: Float32Array, gradient: Float32Array): void => {
    if (!learned.has(tensor)) return
    inputs.set(tensor.name, { data, shape: tensor.shape })
    outputs.set(gradientName(tensor), { data: gradient, shape: tensor.shape })
  }
  for (const { tensor } of graph.parameters)
    take(tensor, flat.weights.get(tensor.name)!, flat.byName.get(tensor.name)!)
  const tableNamed = (name: string): LearnedTable => {
    const table = tables.get(name)
    if (table === undefined) throw broken(`there is no table "${name}"`)
    return table
  }
  for (const { input, table } of wholes) {
    const { values, whole } = tableNamed(table)
    take(input, values, whole!)
  }
  const starts = new Map<string, number>()
  const looked = lookups.map(({ input, table: name }) => {
    const table = tableNamed(name)
    const start = starts.get(name) ?? 0
    const count = sizeOf(input.shape.slice(0, -1))
    starts.set(name, start + count)
    const { width } = table.plan
    const rows = arena.float32(count * width)
    take(input, rows, table.rows.subarray(start * width, (start + count) * width))
    return { name: input.name, table, rows, ids: table.ids.subarray(start, start + count) }
  })
  const own = new Set([...lookups, ...wholes].map(({ input }) => input))
  const needed = new Set(leavesOf([loss]))
  const given = new Map<string, Float32Array>()
  for (const tensor of graph.inputs) {
    if (own.has(tensor)) continue
    const data = arena.float32(sizeOf(tensor.shape))
    given.set(tensor.name, data)
    if (needed.has(tensor)) inputs.set(tensor.name, { data, shape: tensor.shape })
  }
  const ids = new Map(looked.map((lookup) => [lookup.name, lookup.ids]))
  return { inputs, outputs, given, ids, lookups: looked, loss: lossValue }
}

function diverged(loss: number, step: number, rate: number): StarlingError {
  const message = `the loss is ${loss} at step ${step}: a rate below ${rate} may help`
  return new StarlingError('failed_precondition', message)
}
