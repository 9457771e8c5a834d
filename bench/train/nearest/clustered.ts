import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Random, seededRandom } from '../../../src/kernel/random.ts'

/** Rows around centres, as learned vectors lie, and queries that lie as they do. */
export interface Clustered {
  readonly width: number
  readonly rows: Float32Array
  readonly queries: Float32Array
}

export function clustered(rowCount: number, width: number, queryCount: number): Clustered {
  const random = seededRandom('clustered')
  const centreCount = Math.ceil(rowCount / 100)
  const centres = Float32Array.from({ length: centreCount * width }, () => normal(random))
  const around = (count: number): Float32Array => {
    const rows = new Float32Array(count * width)
    for (let row = 0; row < count; row++) {
      const centre = random.below(centreCount) * width
      for (let k = 0; k < width; k++) {
        rows[row * width + k] = centres[centre + k]! + 0.6 * normal(random)
      }
    }
    return rows
  }
  return { width, rows: around(rowCount), queries: around(queryCount) }
}

/** Near enough to a normal number: three even ones, of deviation 1. */
function normal(random: Random): number {
  return 2 * (random.next() + random.next() + random.next() - 1.5)
}

export async function save({ width, rows, queries }: Clustered, k: number, folder: string) {
  await writeFile(join(folder, 'shape.json'), JSON.stringify({ width, k }))
  await writeFile(join(folder, 'rows.bin'), rows)
  await writeFile(join(folder, 'queries.bin'), queries)
}
