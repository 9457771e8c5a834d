import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { seededRandom } from '../../../src/kernel/random.ts'
import { type Interactions, interactionsOf } from '../../../src/models/interactions.ts'

/** Who met what in a world of genres, and what they met besides. */
export interface Planted {
  readonly train: Interactions
  /** By user: a tenth of what they met. */
  readonly held: readonly Uint32Array[]
}

export interface PlantedSize {
  readonly userCount: number
  readonly itemCount: number
  readonly meetings: number
}

const genreCount = 40
/** Genres that a user cares for, and the share of meetings that stay within them. */
const taste = { genres: 3, share: 0.8 }

/** Items are met the more, the lower their number, and mostly by those who like their genre. */
export function planted({ userCount, itemCount, meetings }: PlantedSize): Planted {
  const random = seededRandom('planted')
  const popularity = Float64Array.from({ length: itemCount }, (_, item) => (item + 20) ** -0.7)
  const all = sumsOf(Array.from(popularity.keys()), popularity)
  const byGenre = Array.from({ length: genreCount }, (_, genre) => {
    const items = Array.from(popularity.keys()).filter((item) => item % genreCount === genre)
    return sumsOf(items, popularity)
  })
  const [users, items] = [new Uint32Array(meetings), new Uint32Array(meetings)]
  const asked: Set<number>[] = Array.from({ length: userCount }, () => new Set())
  const likes = Array.from({ length: userCount }, () =>
    Array.from({ length: taste.genres }, () => random.below(genreCount)),
  )
  let kept = 0
  for (let meeting = 0; meeting < meetings; meeting++) {
    // Squared, so that some do far more than others.
    const user = Math.floor(random.next() ** 2 * userCount)
    const genre = likes[user]![random.below(taste.genres)]!
    const item = drawn(random.next() < taste.share ? byGenre[genre]! : all, random.next())
    if (random.next() < 0.1) asked[user]!.add(item)
    else {
      users[kept] = user
      items[kept++] = item
    }
  }
  const cells = { users: users.subarray(0, kept), items: items.subarray(0, kept) }
  const train = interactionsOf(cells, { userCount, itemCount }, 'max')
  const held = asked.map((set, user) => {
    const [from, to] = [train.starts[user]!, train.starts[user + 1]!]
    for (const item of train.columns.subarray(from, to)) set.delete(item)
    return Uint32Array.from(set)
  })
  return { train, held }
}

interface Sums {
  readonly items: readonly number[]
  readonly sums: Float64Array
}

function sumsOf(items: readonly number[], weights: Float64Array): Sums {
  let sum = 0
  const sums = Float64Array.from(items, (item) => (sum += weights[item]!))
  return { items, sums }
}

function drawn({ items, sums }: Sums, share: number): number {
  const wanted = share * sums.at(-1)!
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sums[middle]! > wanted) high = middle
    else low = middle + 1
  }
  return items[low]!
}

/** The train part as numpy reads it. */
export async function save({ train }: Planted, folder: string): Promise<void> {
  const { rowCount, columnCount, starts, columns } = train
  await writeFile(join(folder, 'shape.json'), JSON.stringify({ rowCount, columnCount }))
  await writeFile(join(folder, 'starts.bin'), starts)
  await writeFile(join(folder, 'columns.bin'), columns)
}
