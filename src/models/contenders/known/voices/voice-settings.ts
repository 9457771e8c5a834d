import type { Settings } from '../../../search/space.ts'
import type { SessionKnnAsk } from '../../../session-knn/session-knn-model.ts'
import { numberOf as of } from '../../contender.ts'
import type { NetworkSettings } from './attention-beside-counts.ts'
import type { CountedSettings } from './counted-parts.ts'

/** What won on sets published: items of a session may come again, and sessions grow old. */
export const usualCounts = {
  users: {
    ...{ memory: 20, decay: 0.5, sample: 1_000, neighbors: 500, halfLife: 1e9, nearness: 0.8 },
    ...{ backward: 0.3, lengthRestraint: 0.5, restraint: 0, chainShare: 0.5, repeats: false },
    ...{ window: 30, chainBackward: 0.3, chainDecay: 0.45, followers: 2_000, further: 0.1 },
  },
  sessions: {
    ...{ memory: 10, decay: 0.65, sample: 1_000, neighbors: 1_000, halfLife: 100_000 },
    ...{ nearness: 0.8, backward: 0.7, lengthRestraint: 0.1, restraint: 0.2, chainShare: 0.3 },
    ...{ repeats: true, window: 10, chainBackward: 0.5, chainDecay: 0.6, followers: 1_000 },
    further: 0.7,
  },
}

const network = {
  ...{ dims: 64, blocks: 2, negatives: 1_024, epochsMax: 60, patience: 4, rateDecay: 0.7 },
  workMax: 2e12,
}

/** Of a network beside what counts. */
export const voiceSettings = {
  users: { ...usualCounts.users, ...network },
  sessions: { ...usualCounts.sessions, ...network },
}

export function voicesOf(settings: Settings) {
  return { network: networkOf(settings), counts: countedOf(settings) }
}

function networkOf(settings: Settings): NetworkSettings {
  return {
    ...{ dims: of(settings, 'dims'), blocks: of(settings, 'blocks') },
    ...{ negatives: of(settings, 'negatives'), workMax: of(settings, 'workMax') },
    ...{ epochsMax: of(settings, 'epochsMax'), patience: of(settings, 'patience') },
    rateDecay: of(settings, 'rateDecay'),
  }
}

export function neighborsOf(settings: Settings): SessionKnnAsk {
  return {
    ...{ memory: of(settings, 'memory'), decay: of(settings, 'decay') },
    ...{ sample: of(settings, 'sample'), neighbors: of(settings, 'neighbors') },
    ...{ halfLife: of(settings, 'halfLife'), nearness: of(settings, 'nearness') },
    ...{ backward: of(settings, 'backward'), restraint: of(settings, 'restraint') },
    lengthRestraint: of(settings, 'lengthRestraint'),
  }
}

export function countedOf(settings: Settings): CountedSettings {
  return {
    ...neighborsOf(settings),
    ...{ window: of(settings, 'window'), chainBackward: of(settings, 'chainBackward') },
    ...{ chainDecay: of(settings, 'chainDecay'), followers: of(settings, 'followers') },
    ...{ further: of(settings, 'further'), repeats: settings['repeats'] === true },
    chainShare: of(settings, 'chainShare'),
  }
}
