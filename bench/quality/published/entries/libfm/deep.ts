import { calibratedOn } from '../../../../../src/models/calibration/on-validation.ts'
import { dcn } from '../../../../../src/models/deep/dcn.ts'
import { deepFm } from '../../../../../src/models/deep/deep-fm.ts'
import { embeddingMlp } from '../../../../../src/models/deep/embedding-mlp.ts'
import { factorisationMachine } from '../../../../../src/models/deep/factorisation-machine.ts'
import type { Family } from '../../../../../src/models/deep/network/family.ts'
import { deepTrainer } from '../../../../../src/models/deep/training/deep-trainer.ts'
import type { FitSettings } from '../../../../../src/models/deep/training/fit-settings.ts'
import { twoTower } from '../../../../../src/models/deep/two-tower.ts'
import { wideDeep } from '../../../../../src/models/deep/wide-deep.ts'
import { choice, integer, logUniform } from '../../../../../src/models/search/space.ts'
import { entryOf, type Searched } from '../../entry.ts'
import { frappe } from '../../sets/frappe.ts'

/**
 * Steps of Adam that move every row of the tables, which are small; the validation part says by its
 * AUC when the rate falls and when to stop, and calibrates what comes of it (Platt): two numbers,
 * which leave the order of rows as it is.
 */
const fit = {
  ...{ head: 'label', monitor: 'auc', tableUpdate: 'every', batch: 1024 },
  ...{ rate: 0.01, rateDecay: 0.2, patience: 2, epochs: 16 },
} as const

const settings = {
  ...fit,
  ...{ width: 16, layers: 1, units: 128, dropout: 0.3, tableL2: 2e-5 },
}

/** What has no products of vectors must find them by layers, and takes longer. */
const alone = { ...settings, ...{ layers: 2, dropout: 0.1, deviation: 0.1, epochs: 20 } }

const validation = 'frappe.validation.libfm, by AUC'

/** By hand, for Wide&Deep and a plain perceptron, each cut short after some epochs. */
const searchedAlone: Searched = {
  space: {
    rate: [0.003, 0.01, 0.02],
    tableL2: [2e-6, 2e-5],
    layers: [1, 2],
    units: [128, 256],
    dropout: [0.1, 0.3],
    deviation: [0.01, 0.1],
    pairBuckets: [0, 50_000],
  },
  ...{ method: 'grid', trials: 14, seed: 'published', validation },
  best: { 'AUC after 5 epochs': 0.9772 },
}

/** By hand, for DeepFM alone; the others that multiply vectors have its settings. */
const searchedOfDeepFm: Searched = {
  space: {
    rate: [0.001, 0.002, 0.003, 0.005, 0.008, 0.01],
    tableL2: [0, 1e-5, 2e-5, 3e-5, 1e-4, 3e-4, 1e-3, 1e-2],
    hidden: ['64', '128', '400 400 400'],
    dropout: [0, 0.1, 0.2, 0.3],
    deviation: [0.01, 0.1],
    tableUpdate: ['every', 'touched'],
  },
  ...{ method: 'grid', trials: 17, seed: 'published' },
  validation,
  best: { AUC: 0.9863 },
}

const space = {
  rate: logUniform(1e-3, 2e-2),
  tableL2: logUniform(1e-6, 1e-2),
  width: choice(8, 16, 32),
  layers: integer(1, 3),
  units: choice(64, 128, 256, 400),
  dropout: choice(0, 0.1, 0.2, 0.3),
  batch: choice(512, 1024, 2048),
  rateDecay: choice(0.1, 0.3, 1),
  patience: integer(1, 3),
}

/** How many layers, all of one width; and where a wide part has weights for pairs, how many. */
type Layers = { readonly layers: number; readonly units: number; readonly pairBuckets?: number }

/** Networks over ids in context. */
export const entries = [
  entered('FM by Adam', factorisationMachine, { ...settings, layers: 0 }),
  entered('EmbeddingMLP', embeddingMlp, alone, searchedAlone),
  entered('Wide&Deep', wideDeep, { ...alone, pairBuckets: 50_000 }, searchedAlone),
  entered('two towers', twoTower, { ...settings, dims: 32 }),
  entered('DeepFM', deepFm, settings),
  entered('DCN-v2', dcn, { ...settings, crossLayers: 2 }),
]

function entered<S, Given extends Layers & Readonly<Record<string, number | string>>>(
  model: string,
  family: Family<S>,
  given: Given,
  searched: Searched = searchedOfDeepFm,
) {
  return entryOf(frappe, {
    ...{ model, settings: given, searched, space },
    code: ['src/models/deep', 'src/models/graph', 'src/models/calibration', 'src/kernel/wasm'],
    async fit(data, chosen, run) {
      const { layers, units, pairBuckets: buckets, ...others } = chosen
      const hidden = Array.from({ length: layers }, () => units)
      const [user, item] = data.fields
      const crosses = buckets && [{ fields: [user!.name, item!.name], buckets }]
      // Both the family's settings and those of fitting, which the trainer tells apart.
      const told = { ...others, hidden, ...(crosses && { crosses }) } as unknown as Partial<
        S & FitSettings
      >
      const trainer = deepTrainer(family, told)
      return calibratedOn(await trainer.fit(data, run), data.validation, 'label')
    },
  })
}
