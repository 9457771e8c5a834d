import { invalid } from '../../error.ts'
import { exactSearch } from './exact-search.ts'
import { listSearch } from './list-search.ts'
import type { LearnedLists, Nearest, NearestOptions } from './nearest.ts'
import { widthFor } from './query.ts'

/** Beyond so many rows, lists are worth what learning them takes. */
const exactRowsMaxDefault = 20_000

/**
 * Looks at all rows where they are few, and through lists where they are many, or where lists that
 * were learned before are given.
 *
 * Throws `invalid_argument` for a matrix that is no whole number of rows, or lists of others, and
 * `resource_exhausted` for one that 4 GB don't hold.
 */
export function openNearest(options: NearestOptions): Nearest {
  const { rows, width, exactRowsMax = exactRowsMaxDefault } = options
  if (!(Number.isInteger(width) && width >= 1) || rows.length % width !== 0) {
    throw invalid('width', `${width} must divide the ${rows.length} numbers of the rows`)
  }
  const { recall = 0.95 } = options
  if (!(recall > 0 && recall <= 1)) throw invalid('recall', `${recall} must be > 0 and <= 1`)
  const rowCount = rows.length / width
  if (options.lists !== undefined) {
    checkLists(options.lists, rowCount, width)
    return listSearch({ ...options, recall })
  }
  return rowCount <= exactRowsMax ? exactSearch(options) : listSearch({ ...options, recall })
}

function checkLists(lists: LearnedLists, rowCount: number, width: number): void {
  const { listCount, centres, owners, probes } = lists
  const numbers = listCount * widthFor(width + 1)
  if (!(listCount % 4 === 0 && listCount >= 4 && centres.length === numbers)) {
    const wanted = `${listCount} × ${widthFor(width + 1)}, the first a multiple of 4`
    throw invalid('lists.centres', `hold ${centres.length} numbers where there must be ${wanted}`)
  }
  if (owners.length > rowCount) {
    throw invalid('lists.owners', `are of ${owners.length} rows, of which there are ${rowCount}`)
  }
  const stray = owners.findIndex((list) => list >= listCount)
  if (stray >= 0) throw invalid(`lists.owners[${stray}]`, `${owners[stray]} must be < ${listCount}`)
  if (!(Number.isInteger(probes) && probes >= 1)) {
    throw invalid('lists.probes', `${probes} must be a whole number >= 1`)
  }
}
