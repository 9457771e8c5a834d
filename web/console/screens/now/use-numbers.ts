import { type Lines, linesOf, numberOf } from '../../chart/series.ts'
import type { Numbers, Unit } from '../../state/api.ts'
import { useConsole } from '../../state/console.ts'
import { type Followed, useLive } from '../../state/use-live.ts'

export interface NumbersWanted {
  readonly measures: readonly string[]
  readonly by?: string | undefined
  readonly lastMs: number
  /** Without steps, one number per slice. */
  readonly stepMs?: number
  readonly everyMs: number
  /** How many slices; 8 unless told. */
  readonly size?: number
}

/** Numbers together with what was asked, so that neither is read by the light of another. */
export interface NumbersKnown {
  /** Those that the server can measure, in the order of the values. */
  readonly measures: readonly { readonly name: string; readonly unit: Unit }[]
  readonly answer: Numbers
  total(measure: string): number | undefined
  linesOf(measure: string): Lines
  unitOf(measure: string): Unit
}

/** Asks for numbers up to now, over and over. What this server does not measure is left out. */
export function useNumbers(key: string, wanted: NumbersWanted): Followed<NumbersKnown> {
  const { client, catalogue } = useConsole()
  const { by, lastMs, stepMs, everyMs } = wanted
  const named = `${key} ${by ?? ''} ${lastMs} ${stepMs ?? 0} ${wanted.measures.join()}`
  return useLive(
    named,
    async (signal) => {
      const known = await catalogue(signal)
      const measures = wanted.measures.flatMap(
        (name) => known.measures.find((measure) => measure.name === name) ?? [],
      )
      if (measures.length === 0) {
        throw new Error(`this server does not measure ${wanted.measures.join(' or ')}`)
      }
      const now = Date.now()
      const span = stepMs === undefined ? lastMs : Math.ceil(lastMs / stepMs) * stepMs
      const answer = await client.queryMetrics(
        {
          measures: measures.map(({ name }) => name),
          from: new Date(now - span).toISOString(),
          to: new Date(now).toISOString(),
          ...(by !== undefined && { by: [by], size: wanted.size ?? 8 }),
          ...(stepMs !== undefined && { stepMs }),
        },
        { signal },
      )
      return numbersKnown(measures, answer, stepMs ?? lastMs)
    },
    everyMs,
  )
}

function numbersKnown(
  measures: NumbersKnown['measures'],
  answer: Numbers,
  stepMs: number,
): NumbersKnown {
  const placeOf = (name: string): number => measures.findIndex((measure) => measure.name === name)
  const unitOf = (name: string): Unit => measures[placeOf(name)]?.unit ?? 'number'
  return {
    ...{ measures, answer, unitOf },
    total: (name) => numberOf(answer.rows[0]?.values[placeOf(name)]) ?? undefined,
    linesOf: (name) => linesOf(answer, { measure: placeOf(name), unit: unitOf(name), stepMs }),
  }
}
