import { readFile } from 'node:fs/promises'
import { invalid } from '../../../error.ts'

/** A small network of full layers, ReLU between them: one number of a vector. */
export type Perceptron = (input: Float32Array) => number

interface Layer {
  /** outputs × inputs, row after row. */
  readonly weights: Float32Array
  readonly bias: Float32Array
}

/**
 * Reads `[{"weights": [[…], …], "bias": […]}, …]`: a row of weights per output, as PyTorch's
 * `Linear` has them; the last layer has one output. Rejects with `invalid_argument` for shapes that
 * do not fit one another.
 */
export async function readPerceptron(file: string, inputWidth: number): Promise<Perceptron> {
  let parsed: unknown
  try {
    parsed = JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw invalid('mlp', `cannot be read as JSON: ${String(cause)}`)
  }
  if (!Array.isArray(parsed) || parsed.length === 0)
    throw invalid('mlp', 'must be a list of layers')
  let width = inputWidth
  const layers = parsed.map((layer: unknown, place): Layer => {
    const read = layerOf(layer, `mlp[${place}]`, width)
    width = read.bias.length
    return read
  })
  if (width !== 1) throw invalid('mlp', `ends in ${width} numbers and must end in one`)
  return (input) => layers.reduce(through, input)[0]!
}

function through(input: Float32Array, { weights, bias }: Layer, place: number, all: Layer[]) {
  const isLast = place === all.length - 1
  return bias.map((start, output) => {
    let sum = start
    const row = output * input.length
    for (let index = 0; index < input.length; index++) sum += weights[row + index]! * input[index]!
    return isLast ? sum : Math.max(0, sum)
  })
}

function layerOf(value: unknown, at: string, width: number): Layer {
  const { weights, bias } = (value ?? {}) as { weights?: unknown; bias?: unknown }
  if (!isNumbers(bias)) throw invalid(`${at}.bias`, 'must be a list of numbers')
  const rows = Array.isArray(weights) ? (weights as unknown[]) : []
  const fits = rows.length === bias.length && rows.every((row) => isNumbers(row, width))
  if (!fits) throw invalid(`${at}.weights`, `must be ${bias.length} lists of ${width} numbers`)
  return { weights: Float32Array.from((rows as number[][]).flat()), bias: Float32Array.from(bias) }
}

const isNumbers = (value: unknown, length?: number): value is number[] =>
  Array.isArray(value) &&
  (length === undefined || value.length === length) &&
  value.every((each) => typeof each === 'number' && Number.isFinite(each))
