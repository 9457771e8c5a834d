import type { Timestamp } from '../../clock.ts'
import type { Cell, Table } from '../table/table.ts'
import { type ColumnProfile, type ColumnType, columnProfile } from './column-type.ts'
import type { Layout } from './layout.ts'
import { readTime, type TimeUnit, unitOf } from './time-column.ts'

/** What only a look at all the rows of a file can tell. */
export interface Survey {
  readonly rowCount: number
  readonly brokenCount: number
  /** Per column, in the order of the table's columns; empty where cells carry their types. */
  readonly types: readonly ColumnType[]
  /** Of an event file with times, unless none of them can be read. */
  readonly times?: TimeSurvey
}

export interface TimeSurvey {
  /** The unit that most cells are written in. */
  readonly unit: TimeUnit
  readonly first: Timestamp
  readonly last: Timestamp
  /** True where no row is older than the one before it. */
  readonly isInOrder: boolean
  /** Every `rowsPerSample`-th time, for cutting the file into spans of equal size. */
  readonly sample: readonly Timestamp[]
  readonly rowsPerSample: number
}

/** Reads the whole file once. `onRows` is told how many rows were looked at. */
export async function survey(
  table: Table,
  layout: Layout,
  onRows: (rowCount: number) => void,
): Promise<Survey> {
  const timePlace = layout.places.get('at')
  const times = timePlace === undefined ? undefined : timeCounter()
  const isProfiled = !table.isTyped && layout.kind !== 'events'
  const profiles: ColumnProfile[] = isProfiled ? table.columns.map(columnProfile) : []
  let rowCount = 0
  let brokenCount = 0
  for await (const batch of table.rows()) {
    for (const { cells, fault } of batch) {
      rowCount++
      if (fault !== undefined) {
        brokenCount++
        continue
      }
      for (let place = 0; place < profiles.length; place++) profiles[place]!.see(cells[place])
      if (timePlace !== undefined) times?.see(cells[timePlace])
    }
    onRows(batch.length)
  }
  const timeSurvey = times?.conclude()
  return {
    rowCount,
    brokenCount,
    types: profiles.map((profile) => profile.conclude()),
    ...(timeSurvey !== undefined && { times: timeSurvey }),
  }
}

/** A span of times in one unit. */
interface UnitCount {
  count: number
  first: Timestamp
  last: Timestamp
  previous: Timestamp
  isInOrder: boolean
  sample: Timestamp[]
  rowsPerSample: number
}

const largestSample = 16_384

/** Keeps one count per unit, because which unit is the column's own is known only at the end. */
function timeCounter() {
  const counts = new Map<TimeUnit, UnitCount>()
  return {
    see(cell: Cell): void {
      const unit = unitOf(cell)
      const at = unit === undefined ? undefined : readTime(cell, unit)
      if (unit === undefined || at === undefined) return
      let known = counts.get(unit)
      if (known === undefined) {
        known = {
          ...{ count: 0, first: at, last: at, previous: at, isInOrder: true },
          ...{ sample: [], rowsPerSample: 1 },
        }
        counts.set(unit, known)
      }
      add(known, at)
    },
    conclude(): TimeSurvey | undefined {
      const [commonest] = [...counts].sort(([, a], [, b]) => b.count - a.count)
      if (commonest === undefined) return undefined
      const [unit, { first, last, isInOrder, sample, rowsPerSample }] = commonest
      return { unit, first, last, isInOrder, sample, rowsPerSample }
    },
  }
}

function add(known: UnitCount, at: Timestamp): void {
  if (known.count % known.rowsPerSample === 0) {
    known.sample.push(at)
    if (known.sample.length === largestSample) {
      known.sample = known.sample.filter((_, index) => index % 2 === 0)
      known.rowsPerSample *= 2
    }
  }
  known.count++
  known.first = Math.min(known.first, at)
  known.last = Math.max(known.last, at)
  if (at < known.previous) known.isInOrder = false
  known.previous = at
}
