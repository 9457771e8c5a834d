/** One measured thing, beside what it is measured against. */
export interface Figure {
  /** The number of the target in the list of targets. */
  readonly target: number
  readonly what: string
  /** The median of the rounds. */
  readonly value: number
  readonly unit: string
  /** What was measured in the same rounds, in turns with it. */
  readonly baseline?: { readonly what: string; readonly value: number }
  /** What is judged: `value` itself, or `value` over the baseline. */
  readonly judged: number
  /** Absent for figures that are told and not judged. */
  readonly bound?: Bound
  /** Bytes that the measured process held at its end. */
  readonly memory?: Memory
  readonly note?: string
}

export type Bound = { readonly least: number } | { readonly most: number }

/**
 * What a process holds: pages of its own, and pages of files that it maps and the system may drop.
 */
export interface Memory {
  readonly ownBytes: number
  readonly mappedBytes: number
}

/** True where the figure keeps its bound; undefined where it has none. */
export function isMet({ judged, bound }: Figure): boolean | undefined {
  if (bound === undefined) return undefined
  return 'least' in bound ? judged >= bound.least : judged <= bound.most
}
