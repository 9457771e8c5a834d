import { StarlingError } from '../../error.ts'
import type { Timestamp } from '../../events/clock.ts'
import type { Lake } from '../../lake/lake.ts'

/**
 * Whoever answers SQL over the tables of the lake: `actions`, `pages`, `slots`, `offers`, `runs`,
 * `users`, and the view `catalogue`. It only reads.
 */
export interface LakeReader {
  /** Rows as lists of values, in the order of the columns; `$1` is the first of the parameters. */
  query(sql: string, parameters: readonly Parameter[]): Promise<readonly Row[]>
  /** Up to when all that happened is in the tables. */
  through(): Timestamp | undefined
}

export type Parameter = string | number

/** Numbers come as DOUBLE, since every composed query casts them so. */
export type Row = readonly (string | number | null)[]

/** More than any composed query gives: what is cut off would be missing from a sum. */
const rowsMax = 50_000

/** A week of many events may be asked for; nobody waits longer at a chart. */
const timeoutMs = 30_000

/** Throws what `lake` throws where there is none. */
export function lakeReader(
  lake: () => Pick<Lake, 'query'>,
  through: () => Timestamp | undefined,
): LakeReader {
  return {
    through,
    async query(sql, values) {
      const answer = await lake().query({ sql, values, rowsMax, timeoutMs })
      if (!answer.truncated) return answer.rows as readonly Row[] // Texts and doubles.
      const message = `more than ${rowsMax} rows came: ask for fewer slices or longer steps`
      throw new StarlingError('resource_exhausted', message)
    },
  }
}
