import { expectedCalibrationError, reliability } from '../calibration/reliability.ts'
import { groupedAuc } from '../evaluation/auc.ts'
import { libfmHead } from '../evaluation/formats/libfm.ts'
import {
  type LibfmPart,
  ownersOf,
  predictAll,
  rowJudgement,
} from '../evaluation/protocols/libfm.ts'
import { examplesAt, picked } from '../ranking/examples.ts'
import type { Ranker, RankingData } from '../ranking/ranker.ts'
import type { Slice } from './evaluation.ts'
import {
  coldItem,
  coldUser,
  countsOf,
  figureOf,
  figuresOf,
  type Judged,
  type JudgedOptions,
} from './judged.ts'

/** Rows, by how likely the action was said to be, and slice by slice. */
export async function judgeRows(
  ranker: Pick<Ranker, 'predict'>,
  part: LibfmPart,
  { train }: Pick<RankingData, 'train'>,
  { seed, ...options }: JudgedOptions,
): Promise<Judged> {
  const chances = await predictAll(ranker, part, options)
  const labels = part.examples.labels.get(libfmHead)!
  const grouped = groupedAuc(chances, labels, ownersOf(part))
  const table = reliability(chances, labels)
  const slices = cutsOf(part, train).map(({ slice, rows }): Slice => {
    const examples = examplesAt(part.examples, part.fields, rows)
    const own = examples.labels.get(libfmHead)!
    const positives = own.reduce((sum, label) => sum + label, 0)
    // An order of one kind of rows says nothing.
    if (positives === 0 || positives === rows.length) {
      return { slice, count: rows.length, figures: [] }
    }
    const judgement = rowJudgement(picked(chances, rows), { examples, fields: part.fields })
    return { slice, count: rows.length, figures: figuresOf(judgement, seed) }
  })
  return {
    figures: [
      ...figuresOf(rowJudgement(chances, part), seed),
      ...(grouped === undefined ? [] : [figureOf('GAUC', grouped)]),
      figureOf('ECE', expectedCalibrationError(table)),
    ],
    slices,
    reliability: table,
  }
}

/** Rows of users and items that were met rarely or often, where fields tell of them. */
function cutsOf({ examples, fields }: LibfmPart, train: RankingData['train']) {
  return (['user', 'item'] as const).flatMap((side) => {
    const field = fields.find((each) => each.side === side && each.kind === 'category')
    if (field?.kind !== 'category') return []
    const counts = countsOf(train.columns.get(field.name)!, field.size)
    const least = side === 'user' ? coldUser : coldItem
    const ids = examples.columns.get(field.name)!
    const all = Uint32Array.from({ length: examples.rowCount }, (_, row) => row)
    // 0 is any id that was not met, however often it comes.
    const isCold = (row: number) => ids[row] === 0 || counts[ids[row]!]! < least
    return [
      { slice: `cold ${side}s: fewer than ${least} rows`, rows: all.filter(isCold) },
      { slice: `warm ${side}s: ${least} rows or more`, rows: all.filter((row) => !isCold(row)) },
    ]
  })
}
