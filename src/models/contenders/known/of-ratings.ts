import { seededRandom } from '../../../kernel/random.ts'
import type { Rater, RatingsData } from '../../evaluation/formats/ratings-data.ts'
import { bayesianTrainer } from '../../rating/bayesian-factors.ts'
import { choice, logInteger, logUniform } from '../../search/space.ts'
import { type Contender, numberOf as of } from '../contender.ts'

type RatingContender = Contender<RatingsData, Rater>

const always = () => true

/** So many tell more of each user and item, and a fit takes minutes. */
const areMany = ({ train }: RatingsData): boolean => train.values.length >= 500_000

/** Models of how many stars somebody gives. */
export const ratingContenders: readonly RatingContender[] = [
  {
    ...{ name: 'random', isBaseline: true, settings: {}, takes: always },
    fit({ train: { values } }, _, { seed }) {
      const random = seededRandom(seed)
      const drawn = () => values[random.below(values.length)]!
      return { rate: ({ users }) => Float32Array.from(users, drawn) }
    },
  },
  {
    ...{ name: 'item mean', isBaseline: true, takes: always },
    settings: { prior: 5 },
    space: { prior: logUniform(0.5, 100) },
    fit: (data, settings) => biases(data, of(settings, 'prior'), Number.POSITIVE_INFINITY),
  },
  {
    ...{ name: 'user and item mean', isBaseline: true, takes: always },
    settings: { items: 5, users: 5 },
    space: { items: logUniform(0.5, 100), users: logUniform(0.5, 100) },
    fit: (data, settings) => biases(data, of(settings, 'items'), of(settings, 'users')),
  },
  {
    ...{ name: 'Bayesian MF', takes: always },
    settings: { dims: 8, manyDims: 16, burnIn: 20, draws: 30, every: 1, history: true, days: true },
    isLong: areMany,
    space: { dims: logInteger(4, 24), history: choice(true, false), days: choice(true, false) },
    fit: (data, settings, run) =>
      bayesianTrainer({
        ...{ dims: of(settings, areMany(data) ? 'manyDims' : 'dims') },
        burnIn: of(settings, 'burnIn'),
        ...{ draws: of(settings, 'draws'), every: of(settings, 'every') },
        ...{ history: settings['history'] === true, days: settings['days'] === true },
      }).fit(data, run),
  },
]

/**
 * The mean of all, with how far an item lies above it, and a user above what their items have: each
 * as if so many ratings besides had been at 0 (Koren 2010, section 2.1).
 */
function biases({ train, userIds, itemIds }: RatingsData, items: number, users: number): Rater {
  const { values } = train
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const means = (of: Uint32Array, count: number, prior: number, rest: (row: number) => number) => {
    const [sums, counts] = [new Float64Array(count), new Float64Array(count)]
    for (const [row, one] of of.entries()) {
      sums[one]! += rest(row)
      counts[one]! += 1
    }
    return sums.map((sum, one) => sum / (counts[one]! + prior))
  }
  const ofItem = means(train.items, itemIds.length, items, (row) => values[row]! - mean)
  const ofUser = means(
    ...([train.users, userIds.length, users] as const),
    (row) => values[row]! - mean - ofItem[train.items[row]!]!,
  )
  return {
    rate: (rows) =>
      Float32Array.from(
        rows.users,
        (user, row) => mean + ofItem[rows.items[row]!]! + ofUser[user]!,
      ),
  }
}
