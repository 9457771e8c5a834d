import { broken } from '../../error.ts'
import { add, zeros } from './ops/elementary.ts'
import type { GraphBuilder, Operation, Tensor } from './tensor.ts'

/**
 * Adds to the graph what the gradients of a scalar are, by reverse accumulation (Linnainmaa 1970).
 *
 * One tensor per tensor of `of`, of its shape; zeros where nothing leads from it to the loss.
 */
export function gradientsOf(loss: Tensor, of: readonly Tensor[]): readonly Tensor[] {
  const { graph } = loss
  if (loss.shape.length > 0) throw broken(`a loss must be a scalar, this is [${loss.shape}]`)
  return graph.untraced(() => {
    const found = new Map<Tensor, Tensor[]>([[loss, [graph.scalar(1)]]])
    for (const operation of [...graph.operations].reverse()) lead(operation, found)
    return of.map((tensor) => total(graph, found, tensor) ?? zeros(graph, tensor.shape))
  })
}

/** Leads the gradients of what an operation gave to what it took. */
function lead({ from, outputs, backward }: Operation, found: Map<Tensor, Tensor[]>): void {
  if (!outputs.some((output) => output.differentiable && found.has(output))) return
  const gradients = outputs.map((output) => total(output.graph, found, output))
  for (const [place, input] of from.entries()) {
    const back = backward[place]
    if (!input.differentiable || back === undefined) continue
    const share = back(...gradients)
    const shares = found.get(input)
    if (shares) shares.push(share)
    else found.set(input, [share])
  }
}

/** The sum of what came to a tensor by all its uses, made once. */
function total(
  graph: GraphBuilder,
  found: Map<Tensor, Tensor[]>,
  tensor: Tensor,
): Tensor | undefined {
  const shares = found.get(tensor)
  if (shares === undefined) return undefined
  const [first, second] = shares
  if (second === undefined) return first
  const sum = shares.length === 2 ? add(first!, second) : graph.emit('Sum', shares, tensor.shape)
  found.set(tensor, [sum])
  return sum
}
