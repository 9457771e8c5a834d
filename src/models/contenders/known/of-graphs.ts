import type { InteractionData } from '../../evaluation/formats/interaction-data.ts'
import type { Recommender } from '../../evaluation/protocols/question.ts'
import type { Interactions } from '../../interactions.ts'
import type { TrainingRun } from '../../model.ts'
import { choice, logInteger, uniform } from '../../search/space.ts'
import { bspmModel } from '../../spectral/bspm-model.ts'
import { type LowFrequencies, leading, lowFrequencies } from '../../spectral/low-frequencies.ts'
import { spectralModel } from '../../spectral/spectral-model.ts'
import { type Contender, numberOf as of, wordOf } from '../contender.ts'
import { known } from './or-popular.ts'

type GraphContender = Contender<Pick<InteractionData, 'train'>, Recommender>

/** All that any of them asks for; of large catalogues, where each costs more, fewer. */
const rankMost = 448
const [largeCatalogue, rankOfLarge] = [60_000, 256]

const found = new WeakMap<Interactions, Promise<LowFrequencies>>()

/**
 * The directions of the same matrix are the same for every setting and both filters: they are found
 * once, always as many and by one seed, and held as long as the matrix is.
 */
function directionsOf(train: Interactions, run: TrainingRun): Promise<LowFrequencies> {
  let directions = found.get(train)
  if (directions === undefined) {
    const rank = train.columnCount > largeCatalogue ? rankOfLarge : rankMost
    directions = lowFrequencies(train, { ...run, rank, seed: 'directions' })
    found.set(train, directions)
    // One that was broken off is begun anew.
    directions.catch(() => found.delete(train))
  }
  return directions
}

/** What all have in common, and neighbours: the other filter holds this one. */
const gfCf: GraphContender = {
  ...{ name: 'GF-CF', takes: () => true, settings: { rank: 256, share: 0.3 }, isPart: true },
  async fit({ train }, settings, run) {
    const directions = leading(await directionsOf(train, run), of(settings, 'rank'))
    return known(train, spectralModel({ ...directions, share: of(settings, 'share') }))
  },
}

/**
 * Begun with what its authors found best for Gowalla; then what won on films, and what they found
 * for Amazon books and for Yelp.
 */
const bspm: GraphContender = {
  ...{ name: 'BSPM', kind: 'filters', takes: () => true },
  settings: { rank: rankMost, share: 0.2, time: 2.5, solver: 'rk4', states: 'last' },
  points: [
    { rank: 64, share: 0.1, time: 3.5, solver: 'exact', states: 'last' },
    { rank: 64, share: 0, time: 2.2, solver: 'exact', states: 'last' },
    { rank: 384, share: 0.3, time: 1.2, solver: 'euler', states: 'mean' },
  ],
  space: {
    ...{ rank: logInteger(64, rankMost), share: uniform(0, 1), time: uniform(0, 4) },
    ...{ solver: choice('euler', 'rk4', 'exact'), states: choice('last', 'mean') },
  },
  async fit({ train }, settings, run) {
    const directions = leading(await directionsOf(train, run), of(settings, 'rank'))
    const sharpening = {
      ...{ time: of(settings, 'time'), steps: 1 },
      solver: wordOf(settings, 'solver', ['euler', 'rk4', 'exact']),
      states: wordOf(settings, 'states', ['last', 'mean']),
    }
    return known(train, bspmModel({ ...directions, share: of(settings, 'share'), sharpening }))
  },
}

/** Filters over the graph of users and items. */
export const graphContenders = [gfCf, bspm]
