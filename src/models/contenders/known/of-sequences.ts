import { blended } from '../../blend/blended.ts'
import { addShare } from '../../blend/share.ts'
import { byChance, byPopularity } from '../../evaluation/protocols/baselines.ts'
import { byHistory, byOrder, type Recommender } from '../../evaluation/protocols/question.ts'
import { fitItemKnn } from '../../item-knn/item-knn.ts'
import { type Evidence, fitMarkov } from '../../markov/markov.ts'
import { choice, logInteger, logUniform, type Settings, uniform } from '../../search/space.ts'
import { type Sequences, unordered } from '../../sequences.ts'
import { fitSessionKnn } from '../../session-knn/session-knn.ts'
import { type Contender, numberOf as of, wordOf } from '../contender.ts'
import { orPopular } from './or-popular.ts'
import { poolOfCounts } from './pool-of-counts.ts'
import {
  fitAttentionAlone,
  fitAttentionBesideCounts,
  type LearnedFrom,
} from './voices/attention-beside-counts.ts'
import { countedParts, windowWithin } from './voices/counted-parts.ts'
import {
  countedOf,
  neighborsOf,
  usualCounts,
  voiceSettings,
  voicesOf,
} from './voices/voice-settings.ts'
import type { RowKind } from './voices/withheld.ts'

type SequenceContender = Contender<LearnedFrom, Recommender>

const always = () => true

const baselines: readonly SequenceContender[] = [
  {
    ...{ name: 'random', isBaseline: true, settings: {}, takes: always },
    fit: ({ train }, _, { seed }) => byChance(train.itemCount, seed),
  },
  {
    ...{ name: 'popularity', isBaseline: true, settings: {}, takes: always },
    fit: ({ train }) => byPopularity(train.items, train.itemCount),
  },
  {
    ...{ name: 'item-kNN', isBaseline: true, takes: always },
    settings: { neighbors: 200, shrinkage: 10 },
    space: { neighbors: logInteger(20, 1_000), shrinkage: logUniform(0.1, 1_000) },
    async fit({ train }, settings, run) {
      const [neighbors, shrinkage] = [of(settings, 'neighbors'), of(settings, 'shrinkage')]
      const model = await fitItemKnn(unordered(train), { ...run, neighbors, shrinkage })
      return orPopular(byHistory(model), train.items, train.itemCount)
    },
  },
]

/** Chains that won on sets published: of films, of a shop's users, of a shop's sessions. */
const chains = {
  films: {
    ...{ evidence: 'product', window: 10, backward: 0, repeats: false, memory: 12, decay: 0.65 },
    ...{ followers: 3_500, smoothing: 600, strength: 0.6, further: 0 },
  },
  users: {
    ...{ evidence: 'sum', window: 30, backward: 0.3, repeats: false, memory: 20, decay: 0.45 },
    ...{ followers: 2_000, smoothing: 100, strength: 0.6, further: 0.1 },
  },
  sessions: {
    ...{ evidence: 'sum', window: 10, backward: 0.5, repeats: true, memory: 10, decay: 0.6 },
    ...{ followers: 1_000, smoothing: 100, strength: 0.6, further: 0 },
  },
}

const markov = (kind: RowKind): SequenceContender => ({
  ...{ name: 'Markov', kind: 'chains', takes: always, settings: chains[kind] },
  points: [chains.films, kind === 'users' ? chains.sessions : chains.users],
  space: {
    ...{ window: logInteger(1, 40), backward: uniform(0, 1), repeats: choice(false, true) },
    ...{ memory: logInteger(3, 30), decay: uniform(0.3, 0.9), followers: logInteger(500, 4_000) },
    ...{ smoothing: logUniform(1, 2_000), strength: uniform(0.3, 1), further: uniform(0, 0.5) },
    evidence: choice('sum', 'product'),
  },
  async fit({ train }, settings, run) {
    const form = wordOf(settings, 'evidence', ['sum', 'product'])
    const evidence: Evidence =
      form === 'sum'
        ? { form, restraint: 0, further: of(settings, 'further') }
        : { form, smoothing: of(settings, 'smoothing'), strength: of(settings, 'strength') }
    const model = await fitMarkov(train, { ...chainOf(train, settings), evidence, ...run })
    return orPopular(byOrder(model), train.items, train.itemCount)
  },
})

const sessionKnn: SequenceContender = {
  ...{ name: 'V-SKNN', isPart: true, takes: always },
  settings: {
    ...{ memory: 10, decay: 0.8, sample: 1_000, neighbors: 300, halfLife: 100_000 },
    ...{ nearness: 0.7, backward: 0.3, lengthRestraint: 0.5, restraint: 0.2 },
  },
  space: {
    ...{ memory: logInteger(1, 30), decay: uniform(0.3, 1), neighbors: logInteger(50, 2_000) },
    ...{ nearness: uniform(0.2, 1), backward: uniform(0, 1) },
    ...{ lengthRestraint: uniform(0, 1), restraint: uniform(0, 1) },
  },
  async fit({ train }, settings, run) {
    const ask = neighborsOf(settings)
    const model = await fitSessionKnn(train, { ...ask, ...run, sessions: 10_000_000 })
    return orPopular(byOrder(model), train.items, train.itemCount)
  },
}

/** Sequences like the present one beside a chain of items: each sees what the other overlooks. */
const mixedContender = (kind: RowKind): SequenceContender => ({
  ...{ name: counts, kind: 'rows', takes: always, settings: usualCounts[kind] },
  space: {
    ...{ memory: logInteger(5, 30), decay: uniform(0.4, 0.9), neighbors: logInteger(200, 2_000) },
    ...{ halfLife: logUniform(2e4, 1e9), nearness: uniform(0.6, 0.95), backward: uniform(0, 1) },
    ...{ lengthRestraint: uniform(0, 0.8), restraint: uniform(0, 0.3) },
    ...{ chainShare: logUniform(0.15, 1.5), window: logInteger(5, 40), further: uniform(0, 0.8) },
    ...{ chainBackward: uniform(0, 0.8), chainDecay: uniform(0.3, 0.8) },
  },
  async fit({ train }, settings, run) {
    const parts = await countedParts(train, countedOf(settings), run)
    return orPopular(blended(parts, addShare), train.items, train.itemCount)
  },
})

const counts = 'V-SKNN + Markov'

export const besideCounts = `SASRec + ${counts}`

/**
 * A network is learned once, with settings that follow from the data, and weighs its voices by
 * itself: a search would learn it again and again.
 */
const attentionContenders = (kind: RowKind): readonly SequenceContender[] => [
  {
    ...{ name: 'SASRec', isPart: true, takes: always, settings: voiceSettings[kind] },
    async fit(data, settings, run) {
      const model = await fitAttentionAlone(data, kind, voicesOf(settings).network, run)
      return orPopular(model, data.train.items, data.train.itemCount)
    },
  },
  {
    name: besideCounts,
    ...{ takes: always, settings: voiceSettings[kind] },
    async fit(data, settings, run) {
      const model = await fitAttentionBesideCounts(data, kind, voicesOf(settings), run)
      return orPopular(model, data.train.items, data.train.itemCount)
    },
  },
]

/** Models of what comes next. */
export const sequenceContenders = contendersWith('users')
export const sessionContenders = [...contendersWith('sessions'), poolOfCounts(counts)]

function contendersWith(kind: RowKind) {
  // What takes longest begins, so that nobody waits for it alone.
  const counting = [mixedContender(kind), markov(kind), sessionKnn, ...baselines]
  return [...attentionContenders(kind), ...counting]
}

function chainOf(train: Sequences, settings: Settings) {
  return {
    ...{ window: windowWithin(train, of(settings, 'window')), backward: of(settings, 'backward') },
    ...{ memory: of(settings, 'memory'), decay: of(settings, 'decay') },
    ...{ followers: of(settings, 'followers'), repeats: settings['repeats'] === true },
  }
}
