import { useSignal } from '@preact/signals'
import { LineChart } from '../../chart/line-chart.tsx'
import { TableRoom } from '../../parts/table-room.tsx'
import type { LakeAnswer } from '../../state/api.ts'
import { inUnit, span } from '../../words/units.ts'
import { csvOf, spelled } from './csv.ts'
import { isNumeric, linesOfTable } from './sql-chart.ts'

const shownFirst = 200

/** A table as it came: its types, its chart if it is one, and as a file. */
export function Result({ answer }: { readonly answer: LakeAnswer }) {
  const { columns, truncated, durationMs } = answer
  const rows = answer.rows as readonly (readonly unknown[])[] // As the API describes each row.
  const shown = useSignal(shownFirst)
  const lines = linesOfTable({ columns, rows })
  return (
    <>
      <div class="result-head">
        <p class="hint" data-result>
          {rows.length.toLocaleString('en')} {rows.length === 1 ? 'row' : 'rows'}
          {truncated && ', and there were more'} · {span(durationMs)}
        </p>
        <button type="button" class="tool-button" onClick={() => download(csvOf(columns, rows))}>
          CSV
        </button>
      </div>
      {lines !== undefined && (
        <LineChart title="Result" lines={lines} format={(value) => inUnit(value, 'number')} />
      )}
      <TableRoom label="Result">
        <table class="table table-sql">
          <thead>
            <tr>
              {columns.map(({ name, type }, place) => (
                <th key={place} scope="col" class={isNumeric(type) ? 'number' : ''}>
                  {name} <span class="column-type">{type.toLowerCase()}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown.value).map((row, place) => (
              <tr key={place}>
                {row.map((value, column) => (
                  <td key={column} class={isNumeric(columns[column]?.type ?? '') ? 'number' : ''}>
                    {value === null ? <span class="null">null</span> : spelled(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableRoom>
      {rows.length > shown.value && (
        <button
          type="button"
          class="text-button"
          onClick={() => {
            shown.value += 1_000
          }}
        >
          Show more rows
        </button>
      )}
    </>
  )
}

function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = address
  link.download = 'starling.csv'
  link.click()
  URL.revokeObjectURL(address)
}
