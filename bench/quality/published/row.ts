import { seededRandom } from '../../../src/kernel/random.ts'
import { intervalOf } from '../../../src/models/evaluation/interval-of.ts'
import type { Entry, Searched, Settings } from './entry.ts'
import type { Played } from './play.ts'

/** A row of the table with all that it came from: plain JSON, a line of a file. */
export interface Row {
  /** Of code, settings and data: a row whose key is another's is made anew. */
  readonly key: string
  readonly set: string
  readonly protocol: string
  readonly model: string
  readonly figures: readonly RowFigure[]
  readonly settings: Settings
  readonly searched?: Searched
  readonly settingsFrom?: string
  /** CPU seconds of all threads. */
  readonly trainSeconds: number
  readonly judgeSeconds: number
  /** The most memory that the process held until it had learned, data included. */
  readonly peakBytes: number
  readonly commit: string
  readonly at: string
}

export interface RowFigure {
  readonly metric: string
  readonly value: number
  /** The 95 % interval over users. */
  readonly low: number
  readonly high: number
}

/** The figures of all parts together, rounded: more digits than these say nothing. */
export function figuresOf({ judgements }: Pick<Played, 'judgements'>): readonly RowFigure[] {
  return Object.keys(judgements[0] ?? {}).map((metric) => {
    const samples = judgements.map((judgement) => judgement[metric]!)
    // The same crowds for all metrics: equal figures have equal intervals.
    const { mean, low, high } = intervalOf(samples, seededRandom('interval'))
    return { metric, value: rounded(mean), low: rounded(low), high: rounded(high) }
  })
}

export function rowOf(
  { set, model, settings, searched, settingsFrom }: Entry,
  played: Omit<Played, 'judgements'>,
  rest: Pick<Row, 'key' | 'figures' | 'commit' | 'at'>,
): Row {
  const { trainSeconds, judgeSeconds, peakBytes } = played
  return {
    ...{ key: rest.key, set: set.name, protocol: set.protocol.description, model },
    ...{ figures: rest.figures, settings, ...(searched && { searched }) },
    ...(settingsFrom && { settingsFrom }),
    ...{ trainSeconds: rounded(trainSeconds), judgeSeconds: rounded(judgeSeconds), peakBytes },
    ...{ commit: rest.commit, at: rest.at },
  }
}

/** As `--json` gives it: a line per figure. */
export function flatRows(rows: readonly Row[]) {
  return rows.flatMap(({ set, protocol, model, figures, trainSeconds, peakBytes }) =>
    figures.map(({ metric, value, low, high }) => ({
      ...{ set, protocol, model, metric, value, low, high, trainSeconds, peakBytes },
    })),
  )
}

function rounded(value: number): number {
  return Number(value.toFixed(6))
}
