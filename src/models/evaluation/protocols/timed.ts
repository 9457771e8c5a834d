import { invalid } from '../../../error.ts'
import { interactionsOf } from '../../interactions.ts'
import { sequencesOf } from '../../sequences.ts'
import { eachLine, numberIn, textIn } from '../formats/lines.ts'
import type { TimedData } from '../formats/timed-data.ts'
import { type Vocabulary, vocabulary } from '../formats/vocabulary.ts'
import { judgeAsked, someAsked } from './judge-asked.ts'
import { needed, type Protocol } from './protocol.ts'
import type { Asked, Question, Recommender } from './question.ts'

/**
 * Tables of tab separated columns `user_id item_id time`, with `neg_items` in validation and test
 * (ReChorus); the file of items has `item_id`, lists of related items in columns `r_…`, and
 * attributes in columns `i_…`.
 */
export const timed: Protocol<TimedData, Asked, Recommender> = {
  format: 'timed',
  description: 'the last item of each user among the negatives given; ties in no order',

  async read(files) {
    const names = { users: vocabulary(), items: vocabulary() }
    const train = await rowsIn(files.train, names)
    const validation = await rowsIn(needed(files, 'validation'), names)
    const test = await rowsIn(needed(files, 'test'), names)
    train.sort((one, other) => one.at - other.at)
    const known = await itemsIn(files.items, names.items)
    const base = dataOf(train, names)
    const data = {
      ...{ ...base, ...known },
      validation: askedOf(validation, train),
    }
    return { data, part: askedOf(test, [...train, ...validation]) }
  },

  validation(data) {
    if (data.validation === undefined) throw invalid('validation', 'is missing')
    return { data, part: data.validation }
  },

  some: someAsked,

  judge: (learned, part, { k = 5, ...options }) =>
    judgeAsked(learned, part, ['HR', 'NDCG', 'MRR'], { ...options, k }),
}

interface Names {
  readonly users: Vocabulary
  readonly items: Vocabulary
}

interface Row {
  readonly user: number
  readonly item: number
  /** Seconds. */
  readonly at: number
  readonly negatives: readonly number[]
}

type TellRow = (cell: (name: string) => string | undefined, at: () => string) => void

/** Each row of a table whose first line names the columns. */
async function eachRow(file: string, tell: TellRow): Promise<readonly string[]> {
  let columns: readonly string[] = []
  await eachLine(file, (line, at, number) => {
    const cells = line.split('\t')
    if (number === 1) columns = cells.map((cell) => cell.trim())
    else tell((name) => cells[columns.indexOf(name)]?.trim(), at)
  })
  return columns
}

async function rowsIn(file: string, { users, items }: Names): Promise<Row[]> {
  const rows: Row[] = []
  await eachRow(file, (cell, at) => {
    rows.push({
      user: users.of(textIn(cell('user_id'), 'user_id', at)),
      item: items.of(textIn(cell('item_id'), 'item_id', at)),
      at: numberIn(cell('time'), 'time', at),
      negatives: listIn(cell('neg_items') ?? '').map((id) => items.of(id)),
    })
  })
  return rows
}

/** What a list such as `[12, 7]` holds. */
function listIn(text: string): readonly string[] {
  const inner = text.replace(/^\[|\]$/g, '').trim()
  return inner === '' ? [] : inner.split(/\s*,\s*/)
}

async function itemsIn(file: string | undefined, items: Vocabulary) {
  const cells: (readonly [item: number, name: string, text: string])[] = []
  const isTold = (name: string): boolean => /^[ir]_/.test(name)
  let columns: readonly string[] = []
  if (file !== undefined) {
    const rows: (readonly [number, (name: string) => string | undefined])[] = []
    columns = await eachRow(file, (cell, at) => {
      rows.push([items.of(textIn(cell('item_id'), 'item_id', at)), cell])
    })
    for (const [item, cell] of rows) {
      for (const name of columns.filter(isTold)) cells.push([item, name, cell(name) ?? ''])
    }
  }
  const relations = new Map<string, Uint32Array[]>()
  const attributes = new Map<string, number[]>()
  const values = new Map<string, Vocabulary>()
  for (const name of columns.filter(isTold)) {
    if (name.startsWith('r_')) relations.set(name, [])
    else attributes.set(name, [])
    values.set(name, vocabulary())
  }
  for (const [item, name, text] of cells) {
    const related = relations.get(name)
    if (related !== undefined) {
      related[item] = Uint32Array.from(listIn(text).map((id) => items.of(id)))
    } else attributes.get(name)![item] = 1 + values.get(name)!.of(text)
  }
  // Items that are only named by others come last: by now all are known.
  const none = new Uint32Array()
  const size = { length: items.ids.length }
  return {
    relations: new Map(
      [...relations].map(([name, lists]) => [
        name,
        Array.from(size, (_, item) => lists[item] ?? none),
      ]),
    ),
    attributes: new Map(
      [...attributes].map(([name, list]) => [
        name,
        Uint32Array.from(size, (_, item) => list[item] ?? 0),
      ]),
    ),
  }
}

/** `rows` in the order of time. */
function dataOf(rows: readonly Row[], { users, items }: Names) {
  const shape = { userCount: users.ids.length, itemCount: items.ids.length }
  const byUser: Row[][] = Array.from({ length: shape.userCount }, () => [])
  for (const row of rows) byUser[row.user]!.push(row)
  const cells = {
    users: Uint32Array.from(rows, ({ user }) => user),
    items: Uint32Array.from(rows, ({ item }) => item),
  }
  const sequences = byUser.map((of) => of.map(({ item }) => item))
  return {
    train: sequencesOf(sequences, shape.itemCount),
    times: Float64Array.from(byUser.flat(), ({ at }) => at),
    interactions: interactionsOf(cells, shape, 'max'),
    userIds: users.ids,
    itemIds: items.ids,
  }
}

function askedOf(rows: readonly Row[], before: readonly Row[]): Asked {
  const byUser = new Map<number, Row[]>()
  for (const row of before) {
    const list = byUser.get(row.user)
    if (list === undefined) byUser.set(row.user, [row])
    else list.push(row)
  }
  return {
    dropsPast: true,
    questions: rows.map(({ user, item, at, negatives }): Question => {
      const past = byUser.get(user) ?? []
      const known = {
        user,
        past: Uint32Array.from(past, (row) => row.item),
        pastTimes: Float64Array.from(past, (row) => row.at),
        at,
      }
      if (negatives.length === 0) return known
      return { ...known, candidates: Uint32Array.from(new Set([item, ...negatives])).sort() }
    }),
    targets: rows.map(({ item }) => Uint32Array.of(item)),
  }
}
