import { invalid } from '../../../error.ts'
import { checksumOf } from '../../../state/features/declared/encoding/encoding.ts'
import type { ExampleTable } from './example-table.ts'
import type { ExampleOptions, ExampleSets } from './examples.ts'
import { examplesFromFile } from './from-file.ts'
import { examplesFromLog } from './from-log.ts'
import { examplesFromSlates } from './from-slates.ts'

/**
 * Rejects with `invalid_argument` for settings out of range, and `failed_precondition` where there
 * is nothing to learn from, or the set asks for what the source does not keep.
 */
export async function examplesFor(options: ExampleOptions): Promise<ExampleSets> {
  const { from, rowCountMax, validationShare, encoding, set } = options
  if (!(Number.isInteger(rowCountMax) && rowCountMax >= 1))
    throw invalid('rowCountMax', `${rowCountMax} must be a whole number >= 1`)
  if (!(validationShare >= 0 && validationShare <= 0.9))
    throw invalid('validationShare', `${validationShare} must be >= 0 and <= 0.9`)
  if ('negatives' in from && 'perPositive' in from.negatives) {
    const { perPositive } = from.negatives
    if (!(Number.isInteger(perPositive) && perPositive >= 1 && perPositive <= 1_000))
      throw invalid('negatives.perPositive', `${perPositive} must be a whole number from 1 to 1000`)
  }
  if (encoding !== undefined && checksumOf(encoding.set) !== checksumOf(set))
    throw invalid('encoding', `was fitted to another declaration than that of "${set.name}"`)
  const table = await tableFrom(options)
  return table.finish(options)
}

function tableFrom(options: ExampleOptions): Promise<ExampleTable> {
  switch (options.from.kind) {
    case 'log':
      return examplesFromLog(options, options.from)
    case 'logged':
      return examplesFromSlates(options, options.from)
    case 'file':
      return examplesFromFile(options, options.from)
  }
}
