import { fitEase } from '../../../../../src/models/ease/ease.ts'
import { byHistory } from '../../../../../src/models/evaluation/protocols/question.ts'
import { logUniform } from '../../../../../src/models/search/space.ts'
import { entryOf } from '../../entry.ts'
import { ml1mM1 } from '../../sets/ml1m-m1.ts'
import { ncfMl1m } from '../../sets/ncf-ml1m.ts'

/** EASE, where the catalogue is small enough for a weight per pair of items. */
export const entries = [ncfMl1m, ml1mM1].map((set) =>
  entryOf(set, {
    model: 'EASE',
    settings: { regularization: 1000 },
    space: { regularization: logUniform(10, 10_000) },
    code: ['src/models/ease', 'src/kernel/linear'],
    async fit({ train }, settings, run) {
      return byHistory(await fitEase(train, { ...settings, ...run }))
    },
  }),
)
