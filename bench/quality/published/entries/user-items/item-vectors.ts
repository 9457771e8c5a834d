import { byHistory } from '../../../../../src/models/evaluation/protocols/question.ts'
import { fitGraphWalk } from '../../../../../src/models/graph-walk/graph-walk.ts'
import { fitItem2vec } from '../../../../../src/models/item2vec/item2vec.ts'
import { logInteger, logUniform, uniform } from '../../../../../src/models/search/space.ts'
import { entryOf } from '../../entry.ts'
import { gowalla } from '../../sets/gowalla.ts'
import { ml1mM1 } from '../../sets/ml1m-m1.ts'

const code = ['kernels', 'src/kernel/wasm', 'src/models/item2vec']

/** As Barkan and Koenigstein 2016 have them, but for the window: nothing was searched. */
const skipGrams = {
  dims: 64,
  passes: 10,
  window: 5,
  negatives: 5,
  negativePower: 0.75,
  rate: 0.025,
}

const space = {
  ...{ window: logInteger(2, 50), negatives: logInteger(2, 20), negativePower: uniform(-0.5, 1) },
  ...{ rate: logUniform(0.005, 0.2), passes: logInteger(1, 40) },
}

/** As Grover and Leskovec 2016 have them: ten walks of forty for each item. */
const walks = {
  ...{ ...skipGrams, passes: 1, neighbors: 100, shrinkage: 10 },
  ...{ walksPerItem: 10, length: 40, return: 1, away: 1 },
}

/** Items as directions; they recall what is alike, and rank a whole catalogue poorly. */
export const entries = [ml1mM1, gowalla].flatMap((set) => [
  entryOf(set, {
    ...{ model: 'item2vec', settings: skipGrams, code, space },
    async fit({ train }, settings, run) {
      return byHistory(await fitItem2vec(train, { ...settings, ...run }))
    },
  }),
  entryOf(set, {
    ...{ model: 'graph-walk', settings: walks, space },
    code: [...code, 'src/models/graph-walk', 'src/models/item-knn'],
    async fit({ train }, settings, run) {
      return byHistory(await fitGraphWalk(train, { ...settings, ...run }))
    },
  }),
])
