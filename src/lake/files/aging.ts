import type { Timestamp } from '../../events/clock.ts'
import { type TableName, tableNamed } from '../tables.ts'
import type { LakeFile } from './manifest.ts'
import { type Span, spanBounds, spanOf } from './span.ts'

/** How much of the past is kept. */
export interface LakeBounds {
  /** Happenings older than this are forgotten; all are kept unless told. */
  readonly ageMsMax?: number
  /** Beyond this size the oldest happenings are forgotten; no bound unless told. */
  readonly bytesMax?: number
  /** Runs and slates, which are many, are kept so long: 7 days unless told. */
  readonly runsAgeMsMax?: number
}

const runsAgeMsDefault = 7 * 86_400_000

/** What no event tells. */
const runTables: ReadonlySet<TableName> = new Set(['runs', 'slates', 'inputs'])

/** The files to forget: whole spans, the oldest first, and only of what happened. */
export function outlived(
  files: readonly LakeFile[],
  bounds: LakeBounds,
  now: Timestamp,
): readonly LakeFile[] {
  const { ageMsMax = Number.POSITIVE_INFINITY, bytesMax = Number.POSITIVE_INFINITY } = bounds
  const { runsAgeMsMax = runsAgeMsDefault } = bounds
  const oldestFirst = files
    .filter(({ table }) => tableNamed.get(table)!.tells === 'happenings')
    .map((file) => ({ file, until: spanBounds(file.span).until }))
    .sort((left, right) => left.until - right.until)
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const gone: LakeFile[] = []
  for (const { file, until } of oldestFirst) {
    const isRun = runTables.has(file.table)
    const tooOld = until < now - Math.min(ageMsMax, isRun ? runsAgeMsMax : ageMsMax)
    // What is still being written is never forgotten for its size.
    const tooMuch = bytes > bytesMax && until <= now
    if (!tooOld && !tooMuch) continue
    gone.push(file)
    bytes -= file.bytes
  }
  return gone
}

/** Late rows may still come to a span for a while; then its files are merged. */
const lateMs = 5 * 60_000

/** A file larger than this is merged only with what is not much smaller. */
const smallBytes = 2 ** 20

const mergedBytesMax = 256 * 2 ** 20

/** Files of one table that are to become one, in the span that fits their age. */
export interface Merger {
  readonly files: readonly LakeFile[]
  readonly span: Span
}

/**
 * The next files to merge: those of a span that is over. So that a few late rows do not have a
 * large file written again each minute, a file joins only where the rest is a quarter of it.
 */
export function nextMerger(files: readonly LakeFile[], now: Timestamp): Merger | undefined {
  const groups = new Map<string, LakeFile[]>()
  for (const file of files) {
    const span = spanNow(file.span, now)
    if (spanBounds(span).until + lateMs > now) continue
    const key = `${file.table}/${span}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [file])
    else group.push(file)
  }
  for (const [key, group] of groups) {
    const chosen = together(group)
    if (chosen.length > 1) return { files: chosen, span: key.slice(key.indexOf('/') + 1) }
  }
  return undefined
}

/** As fits its age; a clock that was put back makes none finer again. */
function spanNow(span: Span, now: Timestamp): Span {
  const fitting = spanOf(spanBounds(span).from, now)
  return fitting.length - fitting.indexOf('=') > span.length - span.indexOf('=') ? span : fitting
}

function together(group: readonly LakeFile[]): readonly LakeFile[] {
  const chosen: LakeFile[] = []
  let bytes = 0
  for (const file of group.toSorted((left, right) => left.bytes - right.bytes)) {
    const fits = file.bytes <= smallBytes || file.bytes <= 4 * bytes
    if (!(fits || bytes === 0) || bytes + file.bytes > mergedBytesMax) break
    chosen.push(file)
    bytes += file.bytes
  }
  return chosen
}
