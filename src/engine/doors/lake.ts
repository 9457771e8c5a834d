import { setTimeout as pause } from 'node:timers/promises'
import { invalid } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import { tableNamed } from '../../lake/tables.ts'
import type { LakeStream } from '../lake/lake-stream.ts'
import type { LakeDoor, LakeRequest } from '../views/lake.ts'

/** A question waits so long for events that are on their way to the lake. */
const patienceMs = 300

/** Rows of an answer as JSON: a tenth of a second of the thread that answers feeds. */
const answerSizeMax = 16_000_000

/** The lake as it can be asked. */
export function lakeDoor({
  lakeStream,
  clock,
}: {
  readonly lakeStream: LakeStream
  readonly clock: Clock
}): LakeDoor {
  return {
    async describeLake() {
      const lake = lakeStream.lake()
      const isCurrent = (lakeStream.consumer?.status().lag ?? 0) === 0
      const through = isCurrent ? clock.now() : lake.newest
      const extents = lake.extent()
      return {
        tables: extents.map(({ table: name, ...extent }) => {
          const { description, columns } = tableNamed.get(name)!
          return { name, description, columns, ...extent }
        }),
        ...(through !== undefined && { through }),
        bytes: extents.reduce((sum, { bytes }) => sum + bytes, 0),
      }
    },

    async queryLake(request) {
      checkRequest(request)
      const lake = lakeStream.lake()
      const arrived = lakeStream.consumer?.caughtUp().catch(() => undefined)
      await Promise.race([arrived, pause(patienceMs, undefined, { ref: false })])
      return lake.query({ ...request, sizeMax: answerSizeMax })
    },
  }
}

function checkRequest({ sql, rowsMax = 1_000, timeoutMs = 10_000 }: LakeRequest): void {
  if (sql.length < 1 || sql.length > 20_000) {
    throw invalid('sql', `of ${sql.length} characters must have >= 1 and <= 20000`)
  }
  checkWhole('rowsMax', rowsMax, 1, 10_000)
  checkWhole('timeoutMs', timeoutMs, 100, 60_000)
}

function checkWhole(field: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw invalid(field, `${value} must be a whole number >= ${least} and <= ${most}`)
}
