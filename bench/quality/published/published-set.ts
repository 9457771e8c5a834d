import type { Files, Protocol } from '../../../src/models/evaluation/protocols/protocol.ts'

/** A set that tables have been published for; it lies in a folder of its name. */
export interface PublishedSet<Data, Part, Learned> {
  readonly name: string
  readonly protocol: Protocol<Data, Part, Learned>
  /** How long a list is, where the table has another length than the protocol. */
  readonly k?: number
  /** One for each part that is learned from and judged by itself: figures are means over them. */
  files(folder: string): readonly Files[]
  /** What others reached, the best last. */
  readonly figures: readonly PublishedFigure[]
  /** What a run is held against, by metric: a correct simple model, a good one, the best known. */
  readonly goals: Goals
}

export interface PublishedFigure {
  readonly model: string
  /** Fractions. */
  readonly values: Readonly<Record<string, number>>
  readonly source: string
}

export interface Goals {
  readonly reach: Readonly<Record<string, number>>
  readonly beat: Readonly<Record<string, number>>
  readonly stretch: Readonly<Record<string, number>>
}

/** Figures of one source: model → a value for each of the metrics, in their order. */
export function figuresOf(
  source: string,
  metrics: readonly string[],
  values: Readonly<Record<string, readonly number[]>>,
): readonly PublishedFigure[] {
  return Object.entries(values).map(([model, each]) => ({
    model,
    source,
    values: Object.fromEntries(each.map((value, place) => [metrics[place]!, value])),
  }))
}

export function goalsOf(
  metrics: readonly string[],
  values: Readonly<Record<keyof Goals, readonly number[]>>,
): Goals {
  const of = (each: readonly number[]) =>
    Object.fromEntries(each.map((value, place) => [metrics[place]!, value]))
  return { reach: of(values.reach), beat: of(values.beat), stretch: of(values.stretch) }
}

/** Says nothing but that it is one: what it learns from and by is inferred. */
export function publishedSet<Data, Part, Learned>(
  set: PublishedSet<Data, Part, Learned>,
): PublishedSet<Data, Part, Learned> {
  return set
}
