import { invalid } from '../../../error.ts'
import { eachLine, fieldsOf, namesColumns, numberIn, textIn } from '../formats/lines.ts'
import { type Rater, type Ratings, type RatingsData, ratingsAt } from '../formats/ratings-data.ts'
import { type Vocabulary, vocabulary } from '../formats/vocabulary.ts'
import { byUser, pooledMean } from '../pooled.ts'
import { drawn } from './judge-asked.ts'
import { needed, type Protocol } from './protocol.ts'

const validationShare = 0.1

/** Two files of lines `user item stars [time]`: how far predicted stars lie from those given. */
export const ratings: Protocol<RatingsData, Ratings, Rater> = {
  format: 'ratings',
  description: 'the root of the mean squared error of stars, over all ratings of the test',

  async read(files) {
    const [users, items] = [vocabulary(), vocabulary()]
    const train = await ratingsIn(files.train, users, items)
    const part = await ratingsIn(needed(files, 'test'), users, items)
    return { data: { train, userIds: users.ids, itemIds: items.ids }, part }
  },

  validation(data, random) {
    const rowCount = data.train.values.length
    const held = drawn(rowCount, Math.max(1, Math.floor(rowCount * validationShare)), random)
    const isHeld = new Uint8Array(rowCount)
    for (const row of held) isHeld[row] = 1
    const kept = Uint32Array.from({ length: rowCount }, (_, row) => row).filter(
      (row) => isHeld[row] === 0,
    )
    return {
      data: { ...data, train: ratingsAt(data.train, kept) },
      part: ratingsAt(data.train, held),
    }
  },

  some: (part, count, random) =>
    part.values.length <= count ? part : ratingsAt(part, drawn(part.values.length, count, random)),

  async judge(rater, part, { onProgress }) {
    const { values, ...rows } = part
    if (values.length === 0) throw invalid('test', 'is empty: it must hold a row at least')
    const told = await rater.rate(rows)
    onProgress?.(1)
    const groups = byUser(part.users)
    const misses = Float64Array.from(values, (value, row) => told[row]! - value)
    const squares = pooledMean(
      misses.map((miss) => miss * miss),
      groups,
    )
    return {
      RMSE: { userCount: squares.userCount, of: (times) => Math.sqrt(squares.of(times)) },
      MAE: pooledMean(misses.map(Math.abs), groups),
    }
  },
}

async function ratingsIn(file: string, users: Vocabulary, items: Vocabulary): Promise<Ratings> {
  const columns: { users: number[]; items: number[]; values: number[]; times: number[] } = {
    ...{ users: [], items: [], values: [], times: [] },
  }
  await eachLine(file, (line, at, number) => {
    if (namesColumns(line, number)) return
    const [user, item, stars, time] = fieldsOf(line)
    columns.users.push(users.of(textIn(user, 'user', at)))
    columns.items.push(items.of(textIn(item, 'item', at)))
    columns.values.push(numberIn(stars, 'rating', at))
    columns.times.push(time === undefined ? 0 : numberIn(time, 'time', at))
  })
  return {
    users: Uint32Array.from(columns.users),
    items: Uint32Array.from(columns.items),
    values: Float32Array.from(columns.values),
    times: Float64Array.from(columns.times),
  }
}
