import { asChances } from '../../../blend/chances.ts'
import type { NextStep } from '../../../evaluation/next-step.ts'
import { type Asked, byOrder, type Recommender } from '../../../evaluation/protocols/question.ts'
import type { AttributedSequences } from '../../../evaluation/protocols/sequence.ts'
import { fitMarkov } from '../../../markov/markov.ts'
import type { TrainingRun } from '../../../model.ts'
import type { Sequences } from '../../../sequences.ts'
import { byAttention } from '../../../sequential/by-attention.ts'
import { fitSelfAttention } from '../../../sequential/self-attention.ts'
import { alikeVoices } from './alike-voices.ts'
import { type AttentionBudget, sizedAttention } from './attention-size.ts'
import { type CountedSettings, countedParts, windowWithin } from './counted-parts.ts'
import { weighedVoices } from './weighed-voices.ts'
import { type RowKind, withheld } from './withheld.ts'

/** Sequences, and what may be told of their items. */
export type LearnedFrom = Pick<AttributedSequences, 'train' | 'validation' | 'itemAttributes'>

/** What a network is shaped by, beside how much there is to learn from. */
export interface NetworkSettings extends AttentionBudget {
  /** Epochs in a row that may judge no better before learning stops. */
  readonly patience: number
  readonly rateDecay: number
}

/** Steps that are withheld, to stop by and to weigh voices by. */
const stepsMax = 2_000

/** Fewer would stop and weigh by chance: then all epochs are passed, and all speak alike. */
const stepsMin = 50

/** Of the scores, before they are chances: how far a network, or witnesses, may be believed. */
const [networkSharpness, witnessSharpness] = [
  [1, 0.7, 0.5],
  [1, 0.6],
]

/** Chains whose items are witnesses, for few meetings of each item and for many. */
const smoothings = [10, 600]

/** SASRec alone, within a bound of work; where it stops is told by what is withheld of the data. */
export async function fitAttentionAlone(
  data: LearnedFrom,
  kind: RowKind,
  settings: NetworkSettings,
  run: TrainingRun,
): Promise<Recommender> {
  const { train, asked } = withheld(data, kind, stepsMax)
  return byAttention(await fitNetwork(train, asked, settings, run))
}

export interface VoiceSettings {
  readonly network: NetworkSettings
  readonly counts: CountedSettings
}

/**
 * SASRec, neighbours and chains, each weighed by what is withheld of the data; then what counts is
 * counted anew with that.
 */
export async function fitAttentionBesideCounts(
  data: LearnedFrom,
  kind: RowKind,
  { network, counts }: VoiceSettings,
  run: TrainingRun,
): Promise<Recommender> {
  const { train, asked } = withheld(data, kind, stepsMax)
  const attention = byAttention(await fitNetwork(train, asked, network, run))
  const heard = networkSharpness.map((sharpness) => asChances(attention, sharpness))
  const counted = await countedVoices({ ...data, train }, counts, run)
  const later = train === data.train ? counted : await countedVoices(data, counts, run)
  const voices = { known: [...heard, ...counted], later: [...heard, ...later] }
  return weighedVoices(voices, data.train, { train, asked, kind }, run)
}

async function fitNetwork(
  train: Sequences,
  asked: Asked,
  { patience, rateDecay, ...budget }: NetworkSettings,
  run: TrainingRun,
) {
  const { rows, settings } = sizedAttention(train, budget)
  const { dims, blocks, negatives } = budget
  const steps = asked.questions.map(
    ({ past }, place): NextStep => ({ past, target: asked.targets[place]![0]! }),
  )
  const validation = steps.length < stepsMin ? [] : steps
  return fitSelfAttention(
    { train: rows, validation },
    {
      ...{ ...run, ...settings, dims, blocks, heads: 1, patience, rateDecay },
      // Memory is that of places times items: few items need no draws.
      negatives: train.itemCount <= negatives ? 'all' : negatives,
      judgedMax: stepsMax,
    },
  )
}

/** In shares of one, or in chances, which are that as well. */
async function countedVoices(
  { train, itemAttributes }: Pick<LearnedFrom, 'train' | 'itemAttributes'>,
  counts: CountedSettings,
  run: TrainingRun,
): Promise<readonly Recommender[]> {
  const quiet = { seed: run.seed, ...(run.signal && { signal: run.signal }) }
  const voices = (await countedParts(train, counts, quiet)).map(({ recommender }) => recommender)
  for (const smoothing of smoothings) {
    const chain = await fitMarkov(train, {
      ...{ window: windowWithin(train, 10), backward: 0, repeats: counts.repeats },
      followers: counts.followers,
      ...{ memory: 12, decay: 0.65, evidence: { form: 'product', smoothing, strength: 0.6 } },
      ...quiet,
    })
    for (const sharpness of witnessSharpness) voices.push(asChances(byOrder(chain), sharpness))
  }
  return [...voices, ...(itemAttributes ? alikeVoices(train, itemAttributes) : [])]
}
