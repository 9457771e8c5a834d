import { relu } from '../graph/ops/activations.ts'
import { add, reshape, scale } from '../graph/ops/elementary.ts'
import { linear, matmul } from '../graph/ops/matrix.ts'
import { dropout, layerNorm, maskedSoftmax } from '../graph/ops/normalise.ts'
import { flip, transpose } from '../graph/ops/shape.ts'
import type { Tensor } from '../graph/tensor.ts'
import type { AttentionSettings } from './settings.ts'

/**
 * What is added where nothing may be looked at. It leaves a share of e^-64, which changes no bit of
 * a sum in single precision; much less would be a number below the normal ones, with which
 * processors take several times as long.
 */
export const hidden = -64

export interface AttentionInputs {
  /** [n, length, dims]: the vectors of the items, the newest last; where there is none, 0. */
  readonly vectors: Tensor
  /** [n, length, dims] or [length, dims]: those of their places in the window. */
  readonly places: Tensor
  /** Broadcast to [n, heads, length, length]: `hidden` where a row may not look, else 0. */
  readonly mask: Tensor
}

/**
 * Causal self-attention over items: SASRec (Kang and McAuley 2018, section III), with the norm
 * before each part. Gives [n, length, dims]: what is looked for after each place, to be multiplied
 * with vectors of items.
 */
export function attention(
  { vectors, places, mask }: AttentionInputs,
  { dims, blocks, heads }: AttentionSettings,
  rate = 0,
): Tensor {
  const { graph } = vectors
  let x = dropout(add(scale(vectors, Math.sqrt(dims)), places), rate)
  const weights = (name: string) => graph.parameter(name, [dims, dims], 'glorot')
  const bias = (name: string) => graph.parameter(name, [dims], 'zeros')
  const norm = (name: string, of: Tensor): Tensor =>
    layerNorm(of, graph.parameter(`${name} gain`, [dims], 'ones'), bias(`${name} bias`))
  for (let block = 0; block < blocks; block++) {
    const part = (name: string): string => `${name} ${block}`
    const seen = norm(part('attention norm'), x)
    const turned = (name: string): Tensor =>
      split(linear(seen, weights(part(name)), bias(part(`${name} bias`))), heads)
    const [query, key, value] = [turned('query'), turned('key'), turned('value')]
    const likeness = scale(matmul(query!, flip(key!)), 1 / Math.sqrt(dims / heads))
    const met = joined(matmul(maskedSoftmax(likeness, mask), value!))
    x = add(x, dropout(linear(met, weights(part('out')), bias(part('out bias'))), rate))
    const inner = linear(
      norm(part('forward norm'), x),
      weights(part('inner')),
      bias(part('inner bias')),
    )
    const outer = linear(relu(inner), weights(part('outer')), bias(part('outer bias')))
    x = add(x, dropout(outer, rate))
  }
  return norm('last norm', x)
}

/** A mask of one window. Row p holds what place p may look at: itself, and what came before it. */
export function causal(length: number): readonly number[] {
  return Array.from({ length: length * length }, (_, cell) => {
    const [row, column] = [Math.floor(cell / length), cell % length]
    return column > row ? hidden : 0
  })
}

/** [n, length, dims] to [n, heads, length, dims / heads]. */
function split(x: Tensor, heads: number): Tensor {
  const [rows, length, dims] = x.shape
  const parts = reshape(x, [rows!, length!, heads, dims! / heads])
  return transpose(parts, [0, 2, 1, 3])
}

/** And back. */
function joined(x: Tensor): Tensor {
  const [rows, heads, length, width] = x.shape
  return reshape(transpose(x, [0, 2, 1, 3]), [rows!, length!, heads! * width!])
}
