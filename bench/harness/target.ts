import type { Figure } from './figure.ts'

/** One line of the list of targets, and how it is measured. */
export interface Target {
  readonly number: number
  readonly name: string
  measure(run: Run): Promise<readonly Figure[]>
}

/** What a measurement is told. */
export interface Run {
  /** A smoke test: small, short, and its figures say little. */
  readonly quick: boolean
  /** What takes tens of minutes as well: millions of rows, tens of millions of interactions. */
  readonly full: boolean
  /** Which figures are asked for, by name; of a target that names none, all. */
  readonly wants: (name: string) => boolean
  /** Measure `npm ci` too, in a fresh clone. */
  readonly withInstall: boolean
  /** An empty folder of its own, removed afterwards. */
  readonly folder: string
  /** Told what is under way. */
  readonly tell: (step: string) => void
}
