import { join } from 'node:path'
import { invalid } from '../../../error.ts'
import { type Manifest, oneOf } from '../manifest.ts'
import type { Servable } from '../servable.ts'
import { fileAt } from './file-at.ts'
import { type Perceptron, readPerceptron } from './perceptron.ts'
import { idFeature, rawServable } from './raw-servable.ts'
import { badLine, textLines } from './text-lines.ts'

/**
 * Embeddings that were learned beforehand, and a light model over them: dot product, cosine, or a
 * small perceptron on both vectors. Files hold a line per id: `id v1 v2 …`, also with a colon or
 * commas, and the first line of word2vec's text format. Whom a file lacks gets the mean of it.
 */
export async function openEmbeddings(manifest: Manifest, folder: string): Promise<Servable> {
  const { all, heads } = manifest
  const [user, item] = [idFeature(manifest, 'user'), idFeature(manifest, 'item')]
  const [head, ...others] = heads
  if (others.length > 0) throw invalid('outputs', 'of embeddings must be one')
  const measure = oneOf(all['measure'] ?? 'dot', 'measure', ['dot', 'cosine', 'mlp'] as const)
  const users = await readVectors(join(folder, fileAt(manifest, 'users', 'users.txt')))
  const items = await readVectors(join(folder, fileAt(manifest, 'items', 'items.txt')))
  if (measure !== 'mlp' && users.width !== items.width) {
    const message = `are ${users.width} numbers of users and ${items.width} of items: must agree`
    throw invalid('vectors', message)
  }
  const compare = await measureOf(measure, manifest, folder, [users.width, items.width])
  const isChance = head!.activation === 'sigmoid'
  return rawServable(manifest, {
    kind: 'embeddings',
    score: async (rows) => {
      const scores = new Float32Array(rows.rowCount)
      for (let row = 0; row < rows.rowCount; row++) {
        const [one, other] = [rows.value(user, row), rows.value(item, row)]
        const level = compare(users.of(String(one)), items.of(String(other)))
        scores[row] = isChance ? 1 / (1 + Math.exp(-level)) : level
      }
      return [scores]
    },
  })
}

type Compare = (user: Float32Array, item: Float32Array) => number

async function measureOf(
  measure: 'dot' | 'cosine' | 'mlp',
  manifest: Manifest,
  folder: string,
  [userWidth, itemWidth]: readonly [number, number],
): Promise<Compare> {
  if (measure === 'dot') return dot
  if (measure === 'cosine') return cosine
  const file = join(folder, fileAt(manifest, 'mlp', 'mlp.json'))
  const perceptron: Perceptron = await readPerceptron(file, userWidth + itemWidth)
  const both = new Float32Array(userWidth + itemWidth)
  return (user, item) => {
    both.set(user)
    both.set(item, userWidth)
    return perceptron(both)
  }
}

function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0
  for (let place = 0; place < one.length; place++) sum += one[place]! * other[place]!
  return sum
}

function cosine(one: Float32Array, other: Float32Array): number {
  const lengths = Math.sqrt(dot(one, one) * dot(other, other))
  return lengths === 0 ? 0 : dot(one, other) / lengths
}

interface Vectors {
  readonly width: number
  /** The mean of all, for what nobody has a vector of. */
  of(id: string): Float32Array
}

async function readVectors(file: string): Promise<Vectors> {
  const known = new Map<string, Float32Array>()
  let width = 0
  for await (const [line, number] of textLines(file)) {
    const [id = '', ...cells] = line.trim().split(/[:,\s]+/)
    // "count width", before the first vector.
    if (number === 1 && cells.length === 1 && /^\d+$/.test(id)) continue
    const vector = Float32Array.from(cells, Number)
    if (width === 0) width = vector.length
    if (vector.length !== width || width === 0) {
      throw badLine(file, number, `has ${vector.length} numbers where others have ${width}`)
    }
    if (!vector.every(Number.isFinite))
      throw badLine(file, number, 'must hold numbers behind the id')
    known.set(id, vector)
  }
  if (known.size === 0) throw invalid(file.split(/[\\/]/).at(-1)!, 'must hold at least one vector')
  const mean = new Float64Array(width)
  for (const vector of known.values()) {
    for (let place = 0; place < width; place++) mean[place]! += vector[place]! / known.size
  }
  const unknown = Float32Array.from(mean)
  return { width, of: (id) => known.get(id) ?? unknown }
}
