import { colourOf } from '../../chart/palette.ts'
import { numberOf, sliceKey, sliceName } from '../../chart/series.ts'
import { Meter } from '../../parts/meter.tsx'
import { TableRoom } from '../../parts/table-room.tsx'
import type { Measure, NumbersRow } from '../../state/api.ts'
import { useConsole } from '../../state/console.ts'
import { inUnit } from '../../words/units.ts'

interface SliceTableProps {
  readonly measures: readonly Measure[]
  readonly by: readonly string[]
  /** Best first. */
  readonly rows: readonly NumbersRow[]
  /** So many of them have lines, in colours. */
  readonly linesMax: number
  readonly onPick: (slice: readonly string[]) => void
}

/** The slices with their numbers; a click on one goes into it. */
export function SliceTable({ measures, by, rows, linesMax, onPick }: SliceTableProps) {
  const { theme } = useConsole()
  const most = measures.map((_, place) =>
    Math.max(...rows.map(({ values }) => Math.abs(numberOf(values[place]) ?? 0)), 0),
  )
  return (
    <TableRoom label="Slices">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{by.length === 0 ? '' : by.join(' · ')}</th>
            {measures.map(({ name, description }) => (
              <th key={name} scope="col" class="number" title={description}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ slice, values }, row) => (
            <tr key={sliceKey(slice)}>
              <th scope="row">
                {by.length === 0 ? (
                  'all'
                ) : (
                  <button type="button" class="slice" onClick={() => onPick(slice)}>
                    <span
                      class="swatch"
                      style={{
                        background: row < linesMax ? colourOf(theme.theme.value, row) : 'none',
                      }}
                    />
                    {sliceName(slice)}
                  </button>
                )}
              </th>
              {measures.map(({ name, unit }, place) => {
                const value = numberOf(values[place]) ?? undefined
                return (
                  <td key={name} class="number">
                    <Meter share={rows.length < 2 ? 0 : Math.abs(value ?? 0) / (most[place] || 1)}>
                      {inUnit(value, unit)}
                    </Meter>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </TableRoom>
  )
}
