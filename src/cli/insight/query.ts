import type { AnswerOf } from '../../api/operation.ts'
import type { Service } from '../../api/service.ts'
import { openLakeAtRest } from '../../engine/lake/lake-at-rest.ts'
import { invalid } from '../../error.ts'
import { systemClock } from '../../events/clock.ts'
import type { Json } from '../../events/event.ts'
import { tableNamed } from '../../lake/tables.ts'
import type { Call, Command } from '../command.ts'
import { folderOf } from '../options/folder.ts'
import { countOption, numberOption } from '../options/number-option.ts'
import { serverOf, serverOption, serverUsage } from '../options/server-option.ts'
import { cellText, csvText } from './cells.ts'
import { textTable } from './text-table.ts'

type View = AnswerOf<Service['describeLake']>
type Answer = Omit<AnswerOf<Service['queryLake']>, 'rows'> & {
  readonly rows: readonly (readonly Json[])[]
}

interface Asked {
  readonly sql: string
  readonly rowsMax: number
  readonly timeoutMs: number
}

/** `starling query`: SQL over all that happened. */
export const queryCommand: Command = {
  name: 'query',
  usage: `starling query "SELECT …" [options]
starling query --tables

Read-only SQL over the lake, in the words of DuckDB. Write "at", "user", "offset" and "by" in
quotes: to SQL they are words of its own.

  --tables           what tables there are, with their columns
  --rows N           rows to answer at most (1000; 10000 at most)
  --seconds S        how long it may take (10; 60 at most)
  --json             the answer for machines
  --csv              the rows as comma-separated values
${serverUsage}
  --home FOLDER      instead of a server: the state folder of one that does not run`,
  options: {
    ...serverOption,
    ...{ home: { type: 'string' }, tables: { type: 'boolean' }, rows: { type: 'string' } },
    ...{ seconds: { type: 'string' }, json: { type: 'boolean' }, csv: { type: 'boolean' } },
  },
  takesWords: true,

  async run(call) {
    const { values, positionals, terminal } = call
    if (values['home'] !== undefined && values['against'] !== undefined) {
      throw invalid('home', 'and against exclude each other: ask a folder, or a server')
    }
    if (values['json'] === true && values['csv'] === true) {
      throw invalid('csv', 'and json exclude each other')
    }
    if (values['tables'] === true) {
      if (positionals.length > 0) throw invalid('tables', 'takes no words beside it')
      const view = await viewFor(call)
      terminal.print(values['json'] === true ? asJson(view) : tablesText(view))
      return 0
    }
    const [sql] = positionals
    if (sql === undefined || positionals.length > 1) {
      throw invalid('SQL', 'must be one text: put it in quotes')
    }
    const answer = await answerFor(call, {
      sql,
      rowsMax: countOption(values, 'rows', 1_000, [1, 10_000]),
      timeoutMs: Math.round(numberOption(values, 'seconds', 10, [0.1, 60]) * 1_000),
    })
    terminal.print(textOf(answer, values))
    if (answer.truncated) {
      terminal.tell(`there were more rows than ${answer.rows.length}: --rows N shows more`)
    }
    return 0
  },
}

async function viewFor(call: Call): Promise<View> {
  if (call.values['home'] === undefined) return serverOf(call)<View>('GET', '/v1/lake')
  await using own = await lakeIn(call)
  const tables = own.lake.extent().map(({ table: name, from, to, ...extent }) => {
    const { description, columns } = tableNamed.get(name)!
    return {
      ...{ name, description, columns: [...columns], ...extent },
      ...(from !== undefined && { from: new Date(from).toISOString() }),
      ...(to !== undefined && { to: new Date(to).toISOString() }),
    }
  })
  return { tables, bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0) }
}

async function answerFor(call: Call, asked: Asked): Promise<Answer> {
  if (call.values['home'] === undefined) {
    return serverOf(call)<Answer>('POST', '/v1/lake:query', asked)
  }
  await using own = await lakeIn(call)
  const { columns, ...answer } = await own.lake.query({ ...asked, signal: call.signal })
  return { columns: [...columns], ...answer }
}

function lakeIn({ values, terminal }: Call) {
  return openLakeAtRest({
    folder: folderOf(values),
    clock: systemClock,
    onProgress: terminal.progress,
  })
}

function textOf(answer: Answer, values: Call['values']): string {
  const head = answer.columns.map(({ name }) => name)
  if (values['json'] === true) return asJson(answer)
  if (values['csv'] === true) return csvText([head, ...answer.rows])
  const rows = answer.rows.map((row) => row.map(cellText))
  const counted = `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`
  const took = `${counted} in ${answer.durationMs.toFixed(0)} ms`
  return `${textTable(head, rows, head.length)}\n\n${took}`
}

function tablesText({ tables, through }: View): string {
  const texts = tables.map(({ name, description, columns, rows, files, bytes }) => {
    const size = `${rows} rows, ${files} files, ${(bytes / 2 ** 20).toFixed(1)} MB`
    const list = columns.map((column) => [`  ${column.name}`, column.type, column.description])
    const table = textTable(['  column', 'type', 'what'], list, 3)
    return `${name}: ${description}\n  ${size}\n\n${table}`
  })
  const current = through === undefined ? [] : [`All that happened through ${through}.`]
  return [...texts, 'catalogue: the newest row of items, for each item', ...current].join('\n\n')
}

function asJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2)
}
