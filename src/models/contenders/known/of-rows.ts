import { invalid } from '../../../error.ts'
import { seededRandom } from '../../../kernel/random.ts'
import { type BlendedChances, blendedOn } from '../../calibration/blended-chances.ts'
import type { Foretelling } from '../../calibration/on-validation.ts'
import { fmTrainer } from '../../linear/fm.ts'
import { linearTrainer } from '../../linear/linear.ts'
import type { RankerTrainer, RankingData } from '../../ranking/ranker.ts'
import { logInteger, logUniform } from '../../search/space.ts'
import { treeTrainer } from '../../trees/tree-ranker.ts'
import { type Contender, numberOf as of } from '../contender.ts'
import { deepRowContenders } from './of-deep-rows.ts'

type RowContender = Contender<RankingData, Foretelling>

const always = () => true

/** Models of how likely an action is, row by row: what takes longest, and wins most, first. */
export const rowContenders: readonly RowContender[] = [
  ...deepRowContenders,
  {
    ...{ name: 'trees', takes: always },
    settings: { trees: 400, rate: 0.1, leaves: 63, l2: 1, prior: 3 },
    space: {
      ...{ rate: logUniform(0.03, 0.3), leaves: logInteger(15, 127), l2: logUniform(0.1, 30) },
      prior: logUniform(1, 30),
    },
    fit: (data, settings, run) =>
      treeTrainer({
        ...{ objective: 'logloss', trees: of(settings, 'trees'), rate: of(settings, 'rate') },
        ...{ leaves: of(settings, 'leaves'), l2: of(settings, 'l2') },
        ...{ prior: of(settings, 'prior'), crosses: crossesOf(data), patience: 20 },
      }).fit(data, run),
  },
  {
    ...rowContender(
      'FM',
      // What won for frappe.
      { dims: 64, rate: 0.1, l2: 4e-3 },
      { dims: logInteger(4, 64), rate: logUniform(0.005, 0.3), l2: logUniform(1e-7, 1e-2) },
      (chosen) =>
        fmTrainer({ dims: of(chosen, 'dims'), rate: of(chosen, 'rate'), l2: of(chosen, 'l2') }),
    ),
    points: [{ dims: 16, rate: 0.05, l2: 1e-4 }],
  },
  rowContender('LR', { l2: 1 }, undefined, (settings) => linearTrainer({ l2: of(settings, 'l2') })),
  {
    ...{ name: 'random', isBaseline: true, settings: {}, takes: always },
    fit(_, __, { seed }) {
      const random = seededRandom(seed)
      const drawn = (rowCount: number) => Float32Array.from({ length: rowCount }, random.next)
      return { predict: async ({ rowCount }) => [drawn(rowCount)] }
    },
  },
  {
    ...{ name: 'popularity', isBaseline: true, takes: always },
    settings: { prior: 20 },
    space: { prior: logUniform(1, 1_000) },
    fit: (data, settings) => rateOfItem(data, of(settings, 'prior')),
  },
  {
    ...{ name: 'blend', isBlend: true, takes: always, settings: { parts: 3 } },
    // The fit below gives no other.
    told: (learned) =>
      Object.fromEntries(
        (learned as BlendedChances).parts.map(({ name, weight }) => [name, weight]),
      ),
    fit({ train, validation }, settings, { signal }, others = []) {
      if (validation === undefined) throw invalid('validation', 'must hold rows to weigh models by')
      const rankers = others.map(({ name, learned }) => ({ name, ranker: learned }))
      const [head] = train.labels.keys()
      const partsMax = of(settings, 'parts')
      return blendedOn(rankers, validation, { head: head!, partsMax, ...(signal && { signal }) })
    },
  },
]

/** Of so many fields all pairs of ids are looked at; of more it would take long. */
const crossedMost = 3

/** What came of the user with the item, and of both with what stands third. */
function crossesOf({ fields }: RankingData): readonly (readonly [string, string])[] {
  const ids = fields.slice(0, crossedMost).filter(({ kind }) => kind === 'category')
  return ids.flatMap((one, at) => ids.slice(at + 1).map((other) => [one.name, other.name] as const))
}

function rowContender(
  name: string,
  settings: RowContender['settings'],
  space: RowContender['space'],
  trainerOf: (settings: RowContender['settings']) => RankerTrainer,
): RowContender {
  const fit: RowContender['fit'] = (data, chosen, run) => trainerOf(chosen).fit(data, run)
  return { name, settings, takes: always, fit, ...(space && { space }) }
}

/** How often rows of the item were positive, drawn towards the rate of all. */
function rateOfItem({ fields, train }: RankingData, prior: number): Foretelling {
  const [labels] = [...train.labels.values()]
  const field = fields.find(({ kind, side }) => kind === 'category' && side === 'item')
  const rate = labels!.reduce((sum, label) => sum + label, 0) / train.rowCount
  const column = field && train.columns.get(field.name)
  const size = field?.kind === 'category' ? field.size : 0
  const [sums, counts] = [new Float64Array(size), new Float64Array(size)]
  for (const [row, id] of (column ?? []).entries()) {
    sums[id]! += labels![row]!
    counts[id]! += 1
  }
  return {
    predict: async ({ rowCount, columns }) => {
      const ids = field && columns.get(field.name)
      const chance = (_: unknown, row: number): number => {
        const id = ids?.[ids.length === 1 ? 0 : row]
        return id === undefined ? rate : (sums[id]! + prior * rate) / (counts[id]! + prior)
      }
      return [Float32Array.from({ length: rowCount }, chance)]
    },
  }
}
