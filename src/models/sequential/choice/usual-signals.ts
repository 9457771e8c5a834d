import { fitItemKnn } from '../../item-knn/item-knn.ts'
import { fitMarkov } from '../../markov/markov.ts'
import { unordered } from '../../sequences.ts'
import { attributeSignal } from './attribute-signal.ts'
import type { MakeSignals } from './choice.ts'
import { type DemandMeasure, demandOf, demandSignal } from './demand-signal.ts'
import { chainSignal, historySignal } from './model-signals.ts'
import { relationOf, relationSignal, turned } from './relation-signal.ts'
import type { Signal } from './signal.ts'

/** What is known of the items themselves, by name. */
export interface KnownOfItems {
  /** For each item those that it goes with. */
  readonly relations: ReadonlyMap<string, readonly Uint32Array[]>
  /** An ordinal per item, 0 where nothing is told. */
  readonly attributes: ReadonlyMap<string, Uint32Array>
}

export interface SignalSettings {
  /** How much of a past counts, and how fast it fades: of relations, attributes and followers. */
  readonly memory: number
  readonly decay: number
  /** Of the chain of followers; see `fitMarkov`. */
  readonly window: number
  readonly backward: number
  /** Of what is met together; see `fitItemKnn`. */
  readonly neighbors: number
  readonly shrinkage: number
}

const day = 86_400

/** What is told of the demand: of all time, or as it changes as well. */
export const demands = {
  lasting: { popularity: { measure: 'count', seconds: 1e12 } },
  changing: {
    popularity: { measure: 'count', seconds: 1e12 },
    'popularity of a year': { measure: 'count', seconds: 365 * day },
    'popularity of a quarter': { measure: 'count', seconds: 90 * day },
    'since last met': { measure: 'since-last' },
    'since first met': { measure: 'since-first' },
  },
} satisfies Record<string, Readonly<Record<string, DemandMeasure>>>

/** What follows what was met, goes with it, is like it, is met together with it, is asked for. */
export function usualSignals(
  { relations, attributes }: KnownOfItems,
  demand: Readonly<Record<string, DemandMeasure>>,
  settings: SignalSettings,
): MakeSignals {
  const { memory, decay, window, backward, neighbors, shrinkage } = settings
  return async ({ train, times }) => {
    const signals = new Map<string, Signal>()
    for (const [name, lists] of relations) {
      const named = relationOf(lists)
      signals.set(`${name} of what was met`, relationSignal(named, { memory, decay, steps: 1 }))
      const back = { memory, decay: 1, steps: 1 } as const
      signals.set(`has it in ${name}`, relationSignal(turned(named), back))
      signals.set(`${name}, two steps`, relationSignal(named, { memory, decay: 0.9, steps: 2 }))
    }
    for (const [name, values] of attributes) {
      signals.set(`${name} of what was met`, attributeSignal(values, { memory, decay }))
    }
    const evidence = { form: 'sum', restraint: 0.5, further: 0 } as const
    const followers = { followers: 1_000, repeats: false }
    const chain = { window, backward, memory, decay, evidence, ...followers }
    signals.set('follows', chainSignal(await fitMarkov(train, chain), 100))
    const met = await fitItemKnn(unordered(train), { neighbors, shrinkage })
    signals.set('met with', historySignal(met, 20))
    const counted = demandOf(train.items, times, train.itemCount)
    for (const [name, what] of Object.entries(demand))
      signals.set(name, demandSignal(counted, what))
    return signals
  }
}
