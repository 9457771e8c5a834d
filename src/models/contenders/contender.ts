import { invalid } from '../../error.ts'
import type { TrainingRun } from '../model.ts'
import type { Settings, Space } from '../search/space.ts'

/** A model by name, that can be learned from any data of its kind and judged beside others. */
export interface Contender<Data, Learned> {
  readonly name: string
  /** One of those that every evaluation shows: a model that is not above them is none. */
  readonly isBaseline?: boolean
  /** Usual ones; where `space` is searched, they are tried first. */
  readonly settings: Settings
  readonly space?: Space
  /** True for data of which one fit takes as long as a search may: the usual settings stand. */
  isLong?(data: Data): boolean
  /** Made of what others learned from the same data: it is fitted after them, and given them. */
  readonly isBlend?: boolean
  /** Points of the space that won on data of the kind: tried before what a sampler chooses. */
  readonly points?: readonly Settings[]
  /** A part of another, which is above it as a rule: learned only where it is asked for by name. */
  readonly isPart?: boolean
  /** How it goes about it, in a word: of one kind the best alone is worth blending. */
  readonly kind?: string
  /** What came of fitting, in settings of which nothing was known before. */
  told?(learned: Learned): Settings
  /** False for data that are too large for it, or lack what it learns by. */
  takes(data: Data): boolean
  fit(
    data: Data,
    settings: Settings,
    run: TrainingRun,
    others?: readonly Fitted<Learned>[],
  ): Promise<Learned> | Learned
}

/** What another contender learned, baselines left out. */
export interface Fitted<Learned> {
  readonly name: string
  readonly kind?: string
  readonly learned: Learned
  /** Those chosen, or the usual ones. */
  readonly settings?: Settings
  /** Absent where nothing was searched, or nothing had to be cut off for it. */
  readonly rehearsal?: Rehearsal<Learned>
}

/** What the settings chosen came to on the part that decided, and the model that did. */
export interface Rehearsal<Learned> {
  /** Without that part. */
  readonly learned: Learned
  readonly part: unknown
  /** The higher the better. */
  readonly worth: number
  /** How long the lists were, where the search was told. */
  readonly k?: number
}

/** One whose kind of data only those need to know who hand them over. */
export type AnyContender = Contender<unknown, unknown>

/** Settings by their names, as the contender's own space and defaults say what they are. */
export function numberOf(settings: Settings, name: string): number {
  return Number(settings[name])
}

/** Throws `invalid_argument` for what is none of the words. */
export function wordOf<Word extends string>(
  settings: Settings,
  name: string,
  words: readonly Word[],
): Word {
  const word = words.find((each) => each === settings[name])
  if (word === undefined) throw invalid(name, `"${settings[name]}" must be ${words.join(' or ')}`)
  return word
}
