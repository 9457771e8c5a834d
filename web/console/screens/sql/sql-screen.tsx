import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Failure } from '../../../src/state/failure.ts'
import { failureOf } from '../../../src/state/failure.ts'
import { Panel } from '../../parts/panel.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { useTitle } from '../../parts/use-title.ts'
import { paths } from '../../route/place.ts'
import type { LakeAnswer } from '../../state/api.ts'
import { useConsole } from '../../state/console.ts'
import { examples } from './examples.ts'
import { keepQuery, pastQueries } from './past-queries.ts'
import { Result } from './result.tsx'
import { Tables } from './tables.tsx'

const rowsMax = 5_000

interface Outcome {
  readonly sql: string
  readonly answer?: LakeAnswer
  readonly failure?: Failure
}

/** Read-only SQL over all that happened. */
export function SqlScreen({ asked }: { readonly asked: string }) {
  useTitle('SQL')
  const { client, router } = useConsole()
  const editor = useRef<HTMLTextAreaElement>(null)
  const past = useSignal(pastQueries())
  const outcome = useSignal<Outcome | undefined>(undefined)
  const running = useSignal<AbortController | undefined>(undefined)
  useEffect(() => () => running.peek()?.abort(), [])

  const write = (text: string): void => {
    if (editor.current === null) return
    editor.current.value = text
    editor.current.focus()
  }
  const insert = (text: string): void => {
    const area = editor.current
    if (area === null) return
    area.focus()
    area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end')
  }
  const run = async (): Promise<void> => {
    const sql = editor.current?.value.trim() ?? ''
    if (sql === '') return
    running.value?.abort()
    const mine = new AbortController()
    running.value = mine
    router.replace(paths.sql(sql))
    past.value = keepQuery(sql)
    try {
      const answer = await client.queryLake({ sql, rowsMax }, { signal: mine.signal })
      if (running.value === mine) outcome.value = { sql, answer }
    } catch (error) {
      if (running.value === mine) outcome.value = { sql, failure: failureOf(error) }
    } finally {
      if (running.value === mine) running.value = undefined
    }
  }
  const { answer, failure, sql = '' } = outcome.value ?? {}
  const isRunning = running.value !== undefined
  return (
    <div class="screen sql">
      <div class="screen-head">
        <h1>SQL</h1>
        <p class="hint">Read-only, over all that happened. Ctrl + Enter runs it.</p>
      </div>
      <div class="sql-parts">
        <div class="sql-main">
          <form
            class="sql-form"
            onSubmit={(event) => {
              event.preventDefault()
              void run()
            }}
          >
            <textarea
              ref={editor}
              class="editor"
              aria-label="SQL"
              rows={9}
              spellcheck={false}
              autocomplete="off"
              autocapitalize="off"
              maxLength={20_000}
              defaultValue={asked === '' ? (past.peek()[0] ?? examples[0]?.[1]) : asked}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
                event.preventDefault()
                void run()
              }}
            />
            <div class="sql-tools">
              <button type="submit" class="tool-button primary" aria-busy={isRunning}>
                {isRunning ? 'Running …' : 'Run'}
              </button>
              {isRunning && (
                <button type="button" class="tool-button" onClick={() => running.value?.abort()}>
                  Stop
                </button>
              )}
              <Choice label="Examples" entries={examples} onChoose={write} />
              <Choice
                label="Asked before"
                entries={past.value.map((text) => [text.replace(/\s+/g, ' ').slice(0, 80), text])}
                onChoose={write}
              />
            </div>
          </form>
          <div class="sql-outcome" aria-live="polite" aria-busy={isRunning}>
            {failure !== undefined && <Trouble failure={failure} />}
            {answer !== undefined && <Result key={sql} answer={answer} />}
          </div>
        </div>
        <Panel id="tables" title="Tables" class="sql-tables">
          <Tables onInsert={insert} onAsk={write} />
        </Panel>
      </div>
    </div>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly entries: readonly (readonly [words: string, sql: string])[]
  readonly onChoose: (sql: string) => void
}

/** Puts a query into the editor. */
function Choice({ label, entries, onChoose }: ChoiceProps) {
  if (entries.length === 0) return null
  return (
    <select
      class="tool-button"
      aria-label={label}
      value=""
      onChange={(event) => {
        const chosen = entries[Number(event.currentTarget.value)]
        event.currentTarget.value = ''
        if (chosen !== undefined) onChoose(chosen[1])
      }}
    >
      <option value="">{label}</option>
      {entries.map(([words], place) => (
        <option key={words} value={place}>
          {words}
        </option>
      ))}
    </select>
  )
}
