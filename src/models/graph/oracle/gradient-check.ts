import assert from 'node:assert/strict'
import { seededRandom } from '../../../kernel/random.ts'
import { gradientsOf } from '../gradients.ts'
import { Graph } from '../graph.ts'
import { toOnnx } from '../onnx/model-file.ts'
import { openSession } from '../onnx/session.ts'
import { mul, sumAll } from '../ops/elementary.ts'
import { type Shape, sizeOf, type Tensor } from '../tensor.ts'
import { interpret } from './interpreter.ts'

/** What is checked: from inputs of these shapes, one tensor. */
export interface Checked {
  readonly shapes: Readonly<Record<string, Shape>>
  readonly build: (inputs: Readonly<Record<string, Tensor>>, graph: Graph) => Tensor
  /** A number for each place of an input; else normal-like, away from where functions bend. */
  readonly draw?: (random: () => number, input: string) => number
}

/**
 * Holds an operator to three promises, for each input apart, so that no small tensor hides in a
 * large one:
 *
 * - its gradients, computed in double precision, are those of central differences;
 * - ONNX Runtime gives the values of the double-precision interpreter,
 * - and its gradients.
 */
export async function checkOperator({ shapes, build, draw = bent }: Checked): Promise<void> {
  const graph = new Graph({ batch: 1, training: true })
  const random = seededRandom(JSON.stringify(shapes))
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      graph.input(name, shape, { differentiable: true }),
    ]),
  )
  const values = new Map<string, Float32Array>()
  for (const [name, shape] of Object.entries(shapes))
    values.set(
      name,
      Float32Array.from({ length: sizeOf(shape) }, () => draw(random.next, name)),
    )
  const y = build(inputs, graph)
  for (const { tensor } of graph.masks)
    values.set(
      tensor.name,
      Float32Array.from({ length: sizeOf(tensor.shape) }, (_, i) => (i % 3 ? 1.5 : 0)),
    )
  // A weight of its own for each number: a sum alone would not see what is swapped.
  const weights = graph.input('weights of the loss', y.shape)
  values.set(
    weights.name,
    Float32Array.from({ length: sizeOf(y.shape) }, () => random.next() - 0.5),
  )
  const loss = sumAll(mul(y, weights))
  const gradients = gradientsOf(loss, Object.values(inputs))

  const exact = interpret(graph, values)
  for (const [place, input] of Object.values(inputs).entries()) {
    const found = exact(gradients[place]!)
    const lossAt = (shifted: Float64Array) =>
      interpret(
        graph,
        new Map<string, ArrayLike<number>>(values).set(input.name, shifted),
      )(loss)[0]!
    near(found, differences(values.get(input.name)!, lossAt), 1e-6, `differences of ${input.name}`)
  }

  const results = new Map([['value', y], ...gradients.map((g, i) => [`gradient ${i}`, g] as const)])
  const run = await ranBy(results, values)
  for (const [name, tensor] of results) near(run.get(name)!, exact(tensor), 2e-6, `ORT ${name}`)
}

/** What ONNX Runtime finds for tensors of a graph. */
async function ranBy(
  outputs: ReadonlyMap<string, Tensor>,
  values: ReadonlyMap<string, Float32Array>,
): Promise<ReadonlyMap<string, Float32Array>> {
  await using session = await openSession(toOnnx({ outputs, values: new Map() }))
  const [{ graph }] = [...outputs.values()] as [Tensor]
  const inputs = graph.inputs
    .filter(({ name }) => session.inputs.includes(name))
    .map(({ name, shape }) => [name, { data: values.get(name)!, shape }] as const)
  const results = [...outputs].map(
    ([name, { shape }]) => [name, { data: new Float32Array(sizeOf(shape)), shape }] as const,
  )
  await session.bind(new Map(inputs), new Map(results))()
  return new Map(results.map(([name, { data }]) => [name, data]))
}

function differences(at: Float32Array, lossAt: (x: Float64Array) => number): Float64Array {
  const step = 1e-5
  const x = Float64Array.from(at)
  return x.map((value, place) => {
    x[place] = value + step
    const above = lossAt(x)
    x[place] = value - step
    const below = lossAt(x)
    x[place] = value
    return (above - below) / (2 * step)
  })
}

/** The distance of two tensors, by the length of what is expected (or 1 where that is less). */
export function near(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  assert.equal(found.length, expected.length, what)
  let [apart, long] = [0, 0]
  for (let place = 0; place < expected.length; place++) {
    apart += (found[place]! - expected[place]!) ** 2
    long += expected[place]! ** 2
  }
  const error = Math.sqrt(apart) / Math.max(1, Math.sqrt(long))
  assert.ok(error <= tolerance, `${what}: relative error ${error}`)
}

/** Within ±2, and 0.05 at least from 0, where central differences know nothing of a bend. */
function bent(random: () => number): number {
  const sign = random() < 0.5 ? -1 : 1
  return sign * (0.05 + 1.95 * random())
}
