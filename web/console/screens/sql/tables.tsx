import { Ago } from '../../parts/ago.tsx'
import { Answered } from '../../parts/panel.tsx'
import type { LakeTable } from '../../state/api.ts'
import { useConsole } from '../../state/console.ts'
import { useLive } from '../../state/use-live.ts'
import { size, whole } from '../../words/units.ts'
import { quoted } from './quoted.ts'

interface TablesProps {
  /** Puts a name where the cursor stands. */
  readonly onInsert: (text: string) => void
  /** Puts a query in place of what stands there. */
  readonly onAsk: (sql: string) => void
}

/** What can be asked: a click puts it into the query. */
export function Tables({ onInsert, onAsk }: TablesProps) {
  const { client } = useConsole()
  const asked = useLive('lake', (signal) => client.describeLake({}, { signal }), 10_000)
  return (
    <Answered asked={asked} room={20}>
      {({ tables, through, bytes }) => (
        <>
          <p class="hint">
            {size(bytes)} of Parquet
            {through !== undefined && (
              <>
                , complete up to <Ago at={through} />
              </>
            )}
          </p>
          {tables.map((table) => (
            <Table key={table.name} table={table} onInsert={onInsert} onAsk={onAsk} />
          ))}
        </>
      )}
    </Answered>
  )
}

function Table({ table, onInsert, onAsk }: TablesProps & { readonly table: LakeTable }) {
  const { name, description, columns, rows, files } = table
  return (
    <details class="lake-table">
      <summary>
        <code>{name}</code>
        <span class="hint">{whole(rows)} rows</span>
      </summary>
      <p class="hint">
        {description} {files > 0 && `${whole(files)} files.`}
      </p>
      <button
        type="button"
        class="text-button"
        onClick={() => onAsk(`select * from ${quoted(name)} limit 100`)}
      >
        Show some rows
      </button>
      <ul class="lake-columns">
        {columns.map((column) => (
          <li key={column.name}>
            <button
              type="button"
              title={column.description}
              onClick={() => onInsert(quoted(column.name))}
            >
              <code>{column.name}</code>
              <span class="hint">{column.type}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}
