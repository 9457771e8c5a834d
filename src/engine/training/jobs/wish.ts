import { isAbsolute, normalize, sep } from 'node:path'
import { invalid } from '../../../error.ts'
import type { JobWanted } from '../../views/jobs.ts'
import { trainableKind } from '../kinds/all.ts'
import { settingsOf } from '../kinds/settings.ts'
import type { LearnSettings } from '../learn.ts'
import { rankerName } from '../model-names.ts'
import type { TrainingOptions } from '../training-options.ts'
import type { JobWish } from './jobs.ts'
import { spaceOf } from './search-space.ts'

const memoryMbDefault = 2_048
const memoryMbRange = [128, 1_048_576] as const

/** Who asks for jobs that nobody asked for. */
const itself = 'starling'

/**
 * What somebody wants, with all that they left out. Throws `not_found` and `invalid_argument` for
 * what cannot be trained so.
 */
export function wishOf(
  wanted: JobWanted,
  { memoryMb = memoryMbDefault }: TrainingOptions,
  ownSettings: Partial<LearnSettings> = {},
): JobWish {
  const kind = trainableKind(wanted.kind)
  const source = wanted.source ?? kind.data[0]
  if (!kind.data.includes(source)) {
    const known = kind.data.join(', ')
    throw invalid('source', `${source} is none that ${kind.kind} learns from: ${known}`)
  }
  const { file, seed, search } = wanted
  if (source === 'file') checkFile(file)
  if (search !== undefined) spaceOf(kind.settings, search)
  const given = kind.kind === rankerName ? ownSettings : {}
  const settings = settingsOf(kind.settings, { ...given, ...wanted.settings })
  kind.check?.(settings)
  return {
    ...{ kind: kind.kind, settings },
    source,
    ...(file !== undefined && { file }),
    ...(seed !== undefined && { seed }),
    ...(search !== undefined && { search }),
    memoryMb: inRange('memoryMb', wanted.memoryMb ?? memoryMb, memoryMbRange),
    by: wanted.by ?? itself,
  }
}

/** Nothing is read but what lies below the folder. */
function checkFile(file: string | undefined): void {
  if (file === undefined || file === '') {
    throw invalid('file', 'must name a file below the folder imports, where the source is file')
  }
  const isBelow = !isAbsolute(file) && normalize(file).split(sep)[0] !== '..'
  if (!isBelow) throw invalid('file', `${JSON.stringify(file)} must lie below the folder imports`)
}

export function inRange(
  field: string,
  value: number,
  [least, most]: readonly [number, number],
): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw invalid(field, `${value} must be a whole number >= ${least} and <= ${most}`)
}
