import type { TrainingRun } from '../../../src/models/model.ts'
import type { Space } from '../../../src/models/search/space.ts'
import type { PublishedSet } from './published-set.ts'

/**
 * A model that stands in the table of one set: a row of it.
 *
 * A file below `entries/` exports `entries`, made by `entriesOf`; nothing else has to know of it.
 * There is one file per kind of set and family of models: `entries/<sets>/<family>.ts`.
 */
export interface Entry<Data = unknown, Part = unknown, Learned = unknown> {
  readonly set: PublishedSet<Data, Part, Learned>
  /** As the table names it; unique within the set. */
  readonly model: string
  /** Plain JSON: a row is made anew where they change. */
  readonly settings: Settings
  /** How they were found. Absent where there is nothing to choose. */
  readonly searched?: Searched
  /** Who published them for this set, where they were not searched but taken over. */
  readonly settingsFrom?: string
  /**
   * Folders and files, from the root of the project, whose content the row depends on: it is made
   * anew where one of them changes (tests apart). What judges is always among them.
   */
  readonly code: readonly string[]
  /** Takes no more than a minute of CPU on this set: those stand in `--quick` too. */
  readonly quick?: boolean
  /** What `--search SET MODEL` looks through; left out where there is nothing to choose. */
  readonly space?: Space
  /** For data of other sets too: those of its format that this accepts. */
  readonly takes?: (data: Data) => boolean
  /** Learns from what is given, and from nothing else. Files of the set are not to be opened. */
  fit(data: Data, settings: Settings, run: TrainingRun): Promise<Learned> | Learned
}

export type Settings = Readonly<Record<string, SettingValue>>
export type SettingValue = number | string | boolean | readonly (number | string)[]

/** How settings were chosen: always on a part that is cut from what is learned from. */
export interface Searched {
  /** Name → what was tried, in words or as a declared space. */
  readonly space: Readonly<Record<string, unknown>>
  readonly method: 'tpe' | 'random' | 'grid'
  readonly trials: number
  readonly seed: number | string
  /** Which rows decided: `last item but one`, `a tenth of each user's train items` … */
  readonly validation: string
  /** What was best there, by metric. */
  readonly best?: Readonly<Record<string, number>>
}

/** A row as its author writes it: `fit` is told the settings too. */
export interface Entered<Data, Learned, S extends Settings> {
  readonly model: string
  readonly settings: S
  readonly searched?: Searched
  readonly settingsFrom?: string
  readonly code: readonly string[]
  readonly quick?: boolean
  readonly space?: { readonly [Name in keyof S]?: Space[string] }
  readonly takes?: (data: Data) => boolean
  fit(data: Data, settings: S, run: TrainingRun): Promise<Learned> | Learned
}

/** Enters a model for a set. */
export function entryOf<Data, Part, Learned, S extends Settings>(
  set: PublishedSet<Data, Part, Learned>,
  entered: Entered<Data, Learned, S>,
): Entry {
  // Only data of its own kind, and settings of its own space, are ever given to an entry: what they
  // are need not be known outside.
  return { ...entered, set } as unknown as Entry
}
