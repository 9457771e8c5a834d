import { type Draw, hiddenCount, topicBy, topicShare } from './mixture.ts'
import type { People } from './people.ts'
import type { WorldPlan } from './plan.ts'
import type { Stock } from './stock.ts'

/** How a user answers an item: chances, and nothing drawn yet. */
export interface Response {
  /** The chance that what stands at a place (from 0) is looked at. */
  looked(place: number): number
  /** Log-odds of a click on an item that is looked at, before fatigue. */
  lure(user: number, item: number, mood: number): number
  /** Log-odds that a clicked item pleases. */
  pleasure(user: number, item: number): number
  /** What log-odds of a click lose where `shown` items of the topic came before in the visit. */
  fatigue(shown: number): number
}

export const chanceOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))

/** Pairs that the means and spreads of the plan are held to. */
const pairCount = 4_000

interface Scale {
  readonly mean: number
  readonly deviation: number
}

/**
 * Log-odds as sums of what the plan weighs. Matches are brought to mean 0 and variance 1 over pairs
 * of users and items drawn at random, and the constants found by halving, so that mean rates and
 * weights of a plan mean what they say.
 */
export function responseOf(plan: WorldPlan, people: People, stock: Stock, draw: Draw): Response {
  const { response } = plan
  const { dims } = stock
  const topicCount = dims - hiddenCount
  const match = (user: number, item: number): number => {
    let sum = 0
    for (let part = 0; part < dims; part++) {
      sum += people.tastes[user * dims + part]! * stock.vectors[item * dims + part]!
    }
    return sum
  }
  /** The share of the topic in all that an item is about. */
  const moodMatch = (item: number, mood: number): number =>
    stock.vectors[item * dims + mood]! ** 2 / (1 - response.hiddenShare)

  const pairs = pairsOf(people.count, stock.count, topicCount, draw)
  const matches = scaleOf(pairs.map(({ user, item }) => match(user, item)))
  const star = (user: number, item: number): number =>
    people.isFollower(user, stock.stars[item]!) ? response.star : 0
  const lured = (user: number, item: number, mood: number): number =>
    response.taste * standard(match(user, item), matches) +
    response.mood * moodMatch(item, mood) +
    response.lure * stock.lure[item]! +
    response.ease * people.ease[user]! +
    star(user, item)
  const pleased = (user: number, item: number): number =>
    response.taste * standard(match(user, item), matches) +
    response.quality * stock.quality[item]! +
    star(user, item)
  const clicks = constantFor(
    response.clickRate,
    pairs.map(({ user, item, mood }) => lured(user, item, mood)),
  )
  const pleases = constantFor(
    response.pleaseRate,
    pairs.map(({ user, item }) => pleased(user, item)),
  )
  return {
    looked: (place) => (1 + place) ** -response.positionPower,
    lure: (user, item, mood) => clicks + lured(user, item, mood),
    pleasure: (user, item) => pleases + pleased(user, item),
    fatigue: (shown) => response.fatigue * Math.log1p(shown),
  }
}

function pairsOf(userCount: number, itemCount: number, topicCount: number, draw: Draw) {
  const chance = draw('pairs')
  return Array.from({ length: pairCount }, (_, pair) => ({
    user: Math.floor(chance.uniform(pair, 0) * userCount),
    item: Math.floor(chance.uniform(pair, 1) * itemCount),
    mood: topicBy(chance.uniform(pair, 2), topicCount, topicShare),
  }))
}

function scaleOf(values: readonly number[]): Scale {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, deviation: Math.sqrt(variance) || 1 }
}

function standard(value: number, { mean, deviation }: Scale): number {
  return (value - mean) / deviation
}

/** What must be added to all log-odds for their chances to have the mean. */
function constantFor(mean: number, logOdds: readonly number[]): number {
  let [low, high] = [-30, 30]
  for (let round = 0; round < 50; round++) {
    const middle = (low + high) / 2
    const sum = logOdds.reduce((sum, odds) => sum + chanceOf(odds + middle), 0)
    if (sum / logOdds.length < mean) low = middle
    else high = middle
  }
  return (low + high) / 2
}
