import { invalid, StarlingError } from '../../../../error.ts'
import type { Timestamp } from '../../../../events/clock.ts'
import { examplesAt } from '../../../../models/ranking/examples.ts'
import type { Field } from '../../../../models/ranking/field.ts'
import type { Examples } from '../../../../models/ranking/rows.ts'
import { rowsBetween } from '../../../../state/features/declared/raw-table.ts'
import type { RawRows } from '../../../../state/features/declared/rows.ts'
import {
  declaredSet,
  declaredSets,
} from '../../../../state/features/declared/sets/declared-sets.ts'
import { comingRecall, recallScores } from '../../../recipes/residents.ts'
import type { ExampleSets, ExampleSource, Negatives } from '../../examples/examples.ts'
import { examplesFor } from '../../examples/examples-for.ts'
import { featuresFor } from '../factors-and-ranker.ts'
import type { Work } from '../kind.ts'
import type { DeclaredSettings, Settings } from '../settings.ts'
import type { Roles } from './ranker-family.ts'
import { rolesOf } from './roles.ts'

const setNames = ['engine', ...declaredSets.map(({ name }) => name)]

/** What is asked of the data, whatever the family; `set` is what it learns from unless told. */
export const dataSettings = (set: string): DeclaredSettings => ({
  set: {
    ...{ initial: set, choices: setNames },
    description: 'The declared set of features: what the ranker is given.',
  },
  label: {
    ...{ initial: 'like', choices: ['like', 'click'] },
    description: 'What is foretold.',
  },
  negatives: {
    ...{ initial: 'uniform', choices: ['uniform', 'popular', 'in-batch', 'shown', 'none'] },
    description: 'What stands beside each row that was taken; where rows were logged, their page.',
  },
  perPositive: {
    ...{ initial: 4, least: 1, most: 1_000, whole: true, scale: 'log' },
    description: 'How many are drawn for each.',
  },
  rows: {
    ...{ initial: 200_000, least: 100, most: 50_000_000, whole: true, scale: 'log' },
    description: 'Examples at most: of more, an even sample.',
  },
})

/** Throws `invalid_argument` for a label that the set has none of. */
export function checkLabel({ set: name, label }: Settings): void {
  // The engine's own sets have both.
  const labels = declaredSets.find((set) => set.name === name)?.labels.map(({ name }) => name)
  if (labels === undefined || labels.some((each) => each === label)) return
  throw invalid('settings.label', `${label} must be one of ${labels.join(', ')}, for ${name}`)
}

export interface RankerData {
  readonly sets: ExampleSets
  readonly roles: Roles
  readonly fields: readonly Field[]
  readonly train: Examples
  /** Decides when to stop. */
  readonly stopping: Examples
  /** Judges; the newest. */
  readonly judging: Examples
  /** Whose each row of `judging` is, and of when. */
  readonly users: readonly string[]
  readonly ats: Float64Array
  /** The same rows before any encoding. */
  readonly judgingRaw: RawRows
  /** The newest moment that was learned from, or looked at to know when to stop. */
  readonly until: Timestamp
  readonly through: number
}

/** The newest examples, kept apart: the earlier half says when to stop, the later judges. */
const validationShare = 0.3

export async function readRankerData(work: Work): Promise<RankerData> {
  const { settings, attributes, seed, log } = work
  const own = [...(await featuresFor(attributes)), ...recallScores]
  const set = declaredSet(String(settings['set']), own, comingRecall)
  const sets = await examplesFor({
    ...{ set, seed, validationShare },
    from: sourceOf(work),
    rowCountMax: Number(settings['rows']),
    reserve: work.reserve,
    onProgress: (share) => work.report('examples', share),
  })
  const { fields, train, validation, validationRaw, groups } = sets
  if (validation === undefined || validationRaw === undefined) {
    const message = `${train.rowCount} examples are too few to keep some apart for judging`
    throw new StarlingError('failed_precondition', message)
  }
  const head = String(settings['label'])
  const starts = validation.groups ?? Uint32Array.of(0, validation.rowCount)
  const groupCount = starts.length - 1
  const half = Math.floor(groupCount / 2)
  const cut = starts[half]!
  const owners = groups.slice(-groupCount)
  const rows = owners.flatMap((owner, group) =>
    group < half ? [] : new Array<typeof owner>(starts[group + 1]! - starts[group]!).fill(owner),
  )
  const met = groups.slice(0, groups.length - groupCount + half)
  const part = (from: number, to: number, groupFrom: number, groupTo: number): Examples => {
    const rows = Uint32Array.from({ length: to - from }, (_, index) => from + index)
    const own = starts.slice(groupFrom, groupTo + 1).map((start) => start - from)
    return { ...examplesAt(validation, fields, rows), groups: own }
  }
  return {
    ...{ sets, fields, train, through: log.head },
    users: rows.map(({ user }) => user),
    ats: Float64Array.from(rows, ({ at }) => at),
    judgingRaw: rowsBetween(set, validationRaw, cut, starts.at(-1)!),
    until: met.reduce((newest, { at }) => Math.max(newest, at), 0),
    roles: rolesOf(set, fields, head),
    stopping: part(0, cut, 0, half),
    judging: part(cut, starts.at(-1)!, half, groupCount),
  }
}

function sourceOf(work: Work): ExampleSource {
  const { source, file, settings, log, base, attributes, lake, askedAt } = work
  // Named where the job was asked for.
  if (source === 'file') return { kind: 'file', path: file! }
  if (source === 'logged') return { kind: 'logged', lake, until: askedAt, through: log.head }
  const kind = String(settings['negatives'])
  const negatives = { kind, perPositive: Number(settings['perPositive']) } as Negatives
  return { kind: 'log', log, base, attributes, negatives }
}
