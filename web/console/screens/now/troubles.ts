import { paths } from '../../route/place.ts'
import type { Model, Status, Stream } from '../../state/api.ts'
import { share, span, whole } from '../../words/units.ts'

/** Something that is wrong right now, in words, and where to look closer. */
export interface Worry {
  readonly grade: 'bad' | 'warn'
  readonly words: string
  readonly path: string
}

/** What the screen knows of the engine; what is not known worries nobody. */
export interface Known {
  readonly streams?: readonly Stream[] | undefined
  readonly status?: Status | undefined
  readonly models?: readonly Model[] | undefined
  /** Of the last minutes. */
  readonly failureShare?: number | undefined
  readonly staleShare?: number | undefined
}

/** All that happened must be asked for within a minute; beyond that, something is slow. */
const lagMsMax = 60_000
const oldMs = 86_400_000
/** The state is folded before an event is acknowledged: this much never waits for long. */
const stateLagMax = 10_000
const failureShareMax = 0.01
const staleShareMax = 0.5

/** The worst first. */
export function worriesOf({
  streams,
  status,
  models,
  failureShare,
  staleShare,
}: Known): readonly Worry[] {
  const worries: Worry[] = []
  const add = (grade: Worry['grade'], words: string, path: string) =>
    worries.push({ grade, words, path })
  for (const { group, failure, held, lag, lagMs } of streams ?? []) {
    if (failure !== undefined) add('bad', `${group} cannot go on: ${failure}`, paths.streams)
    else if (lagMs > lagMsMax) {
      // Events that were brought in tell of long ago: how old they are says nothing of a delay.
      const age = lagMs < oldMs ? `, ${span(lagMs)}` : ''
      const behind = `${group} is ${whole(lag)} events${age} behind`
      add('warn', held ? `${behind}: what it writes to is slow` : behind, paths.streams)
    }
  }
  if (status !== undefined && status.lag > stateLagMax) {
    add('warn', `${whole(status.lag)} events are not yet in the state`, paths.streams)
  }
  if (failureShare !== undefined && failureShare > failureShareMax) {
    add('bad', `${share(failureShare)} of the stages that ran failed`, failuresPath)
  }
  if (staleShare !== undefined && staleShare > staleShareMax) {
    add(
      'warn',
      `${share(staleShare)} of the entries that waited had to be dropped`,
      paths.metrics(),
    )
  }
  for (const { name, version, status: stands, note } of newest(models ?? [])) {
    if (stands !== 'failed') continue
    const why = note === undefined ? '' : `: ${note}`
    add('bad', `Version ${version} of ${name} could not be learned${why}`, paths.models)
  }
  return worries.sort((one, other) => gradeOf(one) - gradeOf(other))
}

const failuresPath = paths.metrics({ measures: ['failures', 'failure_share'], by: ['stage'] })

const gradeOf = ({ grade }: Worry): number => (grade === 'bad' ? 0 : 1)

/** The newest version of each model: what failed before it is history. */
function newest(models: readonly Model[]): readonly Model[] {
  const last = new Map<string, Model>()
  for (const model of models) {
    const known = last.get(model.name)
    if (known === undefined || Number(model.version) > Number(known.version)) {
      last.set(model.name, model)
    }
  }
  return [...last.values()]
}
