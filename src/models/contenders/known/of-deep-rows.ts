import { calibratedOn, type Foretelling } from '../../calibration/on-validation.ts'
import type { DeepSettings } from '../../deep/network/settings.ts'
import type { FitSettings } from '../../deep/training/fit-settings.ts'
import type { RankerTrainer, RankingData } from '../../ranking/ranker.ts'
import { choice, logUniform } from '../../search/space.ts'
import { type Contender, numberOf as of } from '../contender.ts'

type DeepContender = Contender<RankingData, Foretelling>
type Given = Partial<DeepSettings & FitSettings>

/** The validation rows say by their AUC when the rate falls and when to stop. */
const fitting: Given = {
  ...{ monitor: 'auc', tableUpdate: 'every', hidden: [128] },
  ...{ rateDecay: 0.2, patience: 2 },
}

/** A step moves every row of the tables: of many rows more are taken at a time. */
const passesOf = (data: RankingData): Given =>
  isSmall(data) ? { batch: 1024, epochs: 16 } : { batch: 4096, epochs: 10 }

/** Of so many rows the plainer networks, which those above them contain, are left out. */
const manyRows = 500_000

const usual = { rate: 0.01, width: 16, tableL2: 2e-5, dropout: 0.3 }

/** Of those that multiply no vectors, and must find by layers what belongs together. */
const layered = { ...usual, dropout: 0.1 }
const deeper = { hidden: [128, 128], deviation: 0.1, epochs: 20 }

/** Weights of users with items, which may share one. */
const pairBuckets = 50_000

const space: DeepContender['space'] = {
  ...{ rate: logUniform(1e-3, 2e-2), width: choice(8, 16, 32) },
  ...{ tableL2: logUniform(1e-6, 1e-2), dropout: choice(0, 0.1, 0.2, 0.3) },
}

// What computes deep models is large: whoever asks for none does without.
const trainerIn = () => import('../../deep/training/deep-trainer.ts')

/** Networks over ids in context. Their chances come true: what they foretell is calibrated. */
export const deepRowContenders: readonly DeepContender[] = [
  entered('DeepFM', { space }, async (given) => {
    const { deepFm } = await import('../../deep/deep-fm.ts')
    return (await trainerIn()).deepTrainer(deepFm, given)
  }),
  entered('DCN-v2', { space }, async (given) => {
    const { dcn } = await import('../../deep/dcn.ts')
    return (await trainerIn()).deepTrainer(dcn, { ...given, crossLayers: 2 })
  }),
  entered('EmbeddingMLP', { takes: isSmall, settings: layered }, async (given) => {
    const { embeddingMlp } = await import('../../deep/embedding-mlp.ts')
    return (await trainerIn()).deepTrainer(embeddingMlp, { ...given, ...deeper })
  }),
  entered('Wide&Deep', { takes: isSmall, settings: layered }, async (given, { fields }) => {
    const { wideDeep } = await import('../../deep/wide-deep.ts')
    const [user, item] = fields
    const areIds = user?.kind === 'category' && item?.kind === 'category'
    const crosses = areIds ? [{ fields: [user.name, item.name], buckets: pairBuckets }] : []
    return (await trainerIn()).deepTrainer(wideDeep, { ...given, ...deeper, crosses })
  }),
  entered('two towers', { takes: (data) => isSmall(data) && hasSides(data) }, async (given) => {
    const { twoTower } = await import('../../deep/two-tower.ts')
    return (await trainerIn()).deepTrainer(twoTower, { ...given, dims: 32 })
  }),
]

function entered(
  name: string,
  { takes = () => true, settings: own = usual, space: searched }: Partial<DeepContender>,
  trainerOf: (given: Given, data: RankingData) => Promise<RankerTrainer>,
): DeepContender {
  return {
    ...{ name, takes, settings: own, ...(searched && { space: searched }) },
    async fit(data, settings, run) {
      const head = data.train.labels.keys().next().value!
      const given = {
        ...{ ...fitting, ...passesOf(data), head },
        ...{ rate: of(settings, 'rate'), width: of(settings, 'width') },
        ...{ tableL2: of(settings, 'tableL2'), dropout: of(settings, 'dropout') },
      }
      const trainer = await trainerOf(given, data)
      const ranker = await trainer.fit(data, run)
      return data.validation ? calibratedOn(ranker, data.validation, head) : ranker
    },
  }
}

function isSmall({ train }: RankingData): boolean {
  return train.rowCount < manyRows
}

function hasSides({ fields }: RankingData): boolean {
  return [true, false].every((isItem) => fields.some(({ side }) => (side === 'item') === isItem))
}
