import { examplesAt } from '../../ranking/examples.ts'
import type { Ranker, RankingData } from '../../ranking/ranker.ts'
import type { Examples } from '../../ranking/rows.ts'
import { libfmHead, sparseFieldsOf, sparseRowsIn } from '../formats/libfm.ts'
import { byUser, pooledAuc, pooledMean } from '../pooled.ts'
import { drawn } from './judge-asked.ts'
import { type Judgement, type JudgeOptions, needed, type Protocol } from './protocol.ts'

/** Of the train rows, the share that stops a fit, where no file of validation is given. */
const validationShare = 0.1

/** Rows that are asked for at once. */
const batch = 4096

/** Always with a part that a fit may stop by. */
export interface LibfmData extends RankingData {
  readonly validation: Examples
}

/** Examples, and by which column they are some user's. */
export interface LibfmPart {
  readonly examples: Examples
  readonly fields: RankingData['fields']
}

/**
 * Files of lines `label id:value …`: how likely the action is, row by row. Rows are those of one
 * user where the first field is the same.
 */
export const libfm: Protocol<LibfmData, LibfmPart, Pick<Ranker, 'predict'>> = {
  format: 'libfm',
  description: 'AUC and logloss over all rows; intervals over the users of the first field',

  async read(files) {
    const sparse = await sparseRowsIn(files.train)
    const { fields, examplesOf } = sparseFieldsOf(sparse)
    const test = examplesOf(await sparseRowsIn(needed(files, 'test')))
    const all = examplesOf(sparse)
    const part = { examples: test, fields }
    if (files.validation !== undefined) {
      const validation = examplesOf(await sparseRowsIn(files.validation))
      return { data: { fields, train: all, validation }, part }
    }
    const every = Math.round(1 / validationShare)
    const rows = Uint32Array.from({ length: all.rowCount }, (_, row) => row)
    const train = examplesAt(
      all,
      fields,
      rows.filter((row) => row % every !== every - 1),
    )
    const validation = examplesAt(
      all,
      fields,
      rows.filter((row) => row % every === every - 1),
    )
    return { data: { fields, train, validation }, part }
  },

  validation: (data) => ({ data, part: { examples: data.validation, fields: data.fields } }),

  some({ examples, fields }, count, random) {
    if (examples.rowCount <= count) return { examples, fields }
    const places = drawn(examples.rowCount, count, random)
    return { examples: examplesAt(examples, fields, places), fields }
  },

  judge: async (ranker, part, options) =>
    rowJudgement(await predictAll(ranker, part, options), part),
}

/** How likely the action is, for every row: of the ranker's first head. */
export async function predictAll(
  ranker: Pick<Ranker, 'predict'>,
  { examples, fields }: LibfmPart,
  { signal, onProgress }: Omit<JudgeOptions, 'k'>,
): Promise<Float32Array> {
  const chances = new Float32Array(examples.rowCount)
  for (let from = 0; from < examples.rowCount; from += batch) {
    signal?.throwIfAborted()
    const to = Math.min(from + batch, examples.rowCount)
    const places = Uint32Array.from({ length: to - from }, (_, row) => from + row)
    const { rowCount, columns } = examplesAt(examples, fields, places)
    const [told] = await ranker.predict({ rowCount, columns })
    chances.set(told!, from)
    onProgress?.(to / examples.rowCount)
  }
  return chances
}

/** AUC and logloss of all rows together. Rows of one label stand in no order: they have no AUC. */
export function rowJudgement(chances: Float32Array, part: LibfmPart): Judgement {
  const labels = part.examples.labels.get(libfmHead)!
  const groups = byUser(ownersOf(part))
  const logloss = pooledMean(lossesOf(chances, labels), groups)
  const isOrdered = labels.includes(0) && labels.includes(1)
  return isOrdered ? { AUC: pooledAuc(chances, labels, groups), logloss } : { logloss }
}

/** By the first field, where it holds one value per row; else each row is by itself. */
export function ownersOf({ examples, fields: [first] }: LibfmPart): ArrayLike<number> {
  if (first!.kind !== 'sequence') return examples.columns.get(first!.name)!
  return Uint32Array.from({ length: examples.rowCount }, (_, row) => row)
}

/** In nats. A certain error would cost infinitely much; so it costs about 16. */
function lossesOf(chances: Float32Array, labels: Float32Array): Float64Array {
  return Float64Array.from(chances, (chance, row) => {
    const sure = Math.min(1 - 1e-7, Math.max(1e-7, chance))
    return labels[row]! > 0.5 ? -Math.log(sure) : -Math.log1p(-sure)
  })
}
