import { readFile } from 'node:fs/promises'
import { invalid } from '../../../error.ts'
import { sequencesOf } from '../../sequences.ts'
import { eachLine, fieldsOf, namesColumns, textIn } from '../formats/lines.ts'
import type { SequenceData } from '../formats/sequence-data.ts'
import { type Vocabulary, vocabulary } from '../formats/vocabulary.ts'
import { judgeAsked, someAsked } from './judge-asked.ts'
import type { Protocol } from './protocol.ts'
import type { Asked, Recommender } from './question.ts'

/** Sequences of items of which something may be told. */
export interface AttributedSequences extends SequenceData {
  /** By item, ordinals of what it has; there where a file told of items. */
  readonly itemAttributes?: readonly Uint32Array[]
}

/**
 * Lines `user item item …` (S3-Rec), or `user item` in the order of time (SASRec).
 *
 * Without a test file the last item of each user is asked for, the one before it is for validation,
 * and what came before those is learned from; users of fewer than three items are learned from
 * alone. Learning from the item before the last as well would be a leak of what the tables forbid.
 *
 * With a test file all of the train file is learned from. A user's row there is what came after;
 * its last item is asked for, and those before it are known. A row that repeats the user's train
 * row at its beginning is the whole of what they met. A test file that repeats the train file is
 * none: what is asked for would have been learned.
 *
 * A file of items is an object of JSON: a list of attributes by the item's id.
 */
export const sequence: Protocol<AttributedSequences, Asked, Recommender> = {
  format: 'sequence',
  description: 'the last item of each user among all not met before it; ties in no order',

  async read(files) {
    const [users, items] = [vocabulary(), vocabulary()]
    const rows = await rowsIn(files.train, users, items)
    const told = async () => await attributesIn(files.items, items)
    if (files.test === undefined) return lastOfEach(rows, users, items, await told())
    const later = await rowsIn(files.test, users, items)
    if (later.every((row, user) => isSame(row, rows[user] ?? []))) {
      return lastOfEach(rows, users, items, await told())
    }
    const train = sequencesOf(withRows(rows, users.ids.length), items.ids.length)
    const data = { train, userIds: users.ids, itemIds: items.ids, ...(await told()) }
    return { data, part: askedAfter(rows, later) }
  },

  validation(data) {
    if (data.validation !== undefined) return { data, part: data.validation }
    const { validation, train } = cutLast(data)
    return { data: { ...data, train, validation }, part: validation }
  },

  some: someAsked,

  judge: (learned, part, { k = 10, ...options }) =>
    judgeAsked(learned, part, ['Recall', 'HR', 'NDCG', 'MRR'], { ...options, k }),
}

const isSame = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((item, place) => item === other[place])

type Rows = readonly (readonly number[])[]

async function rowsIn(file: string, users: Vocabulary, items: Vocabulary): Promise<number[][]> {
  const rows: number[][] = []
  await eachLine(file, (line, at, number) => {
    if (namesColumns(line, number)) return
    const [id, ...met] = fieldsOf(line)
    const user = users.of(textIn(id, 'user', at))
    while (rows.length <= user) rows.push([])
    for (const item of met) rows[user]!.push(items.of(textIn(item, 'item', at)))
  })
  return rows
}

function lastOfEach(
  rows: Rows,
  users: Vocabulary,
  items: Vocabulary,
  told: Pick<AttributedSequences, 'itemAttributes'>,
) {
  const before = (row: readonly number[], back: number) =>
    row.length < 3 ? row : row.slice(0, -back)
  const train = sequencesOf(
    rows.map((row) => before(row, 2)),
    items.ids.length,
  )
  const data = { train, userIds: users.ids, itemIds: items.ids, ...told }
  return { data: { ...data, validation: askedBack(rows, 2) }, part: askedBack(rows, 1) }
}

const unread = (file: string) => (cause: Error) => {
  throw invalid('items', `${file} cannot be read: ${cause.message}`)
}

function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const { message } = cause as SyntaxError
    throw invalid('items', `${file} must be an object of JSON: ${message}`)
  }
}

/** Of the items that somebody met; what is told of others is passed over. */
async function attributesIn(
  file: string | undefined,
  items: Vocabulary,
): Promise<Pick<AttributedSequences, 'itemAttributes'>> {
  if (file === undefined) return {}
  const lists = jsonOf(file, await readFile(file, 'utf8').catch(unread(file)))
  if (typeof lists !== 'object' || lists === null || Array.isArray(lists)) {
    throw invalid('items', `${file} must be an object of JSON: lists by item`)
  }
  const attributes = vocabulary()
  const byId = new Map(Object.entries(lists))
  const itemAttributes = items.ids.map((id) => {
    const list: unknown = byId.get(id) ?? []
    if (!Array.isArray(list)) throw invalid('items', `${file}: item ${id} must have a list`)
    return Uint32Array.from(new Set(list.map((each) => attributes.of(String(each)))))
  })
  return { itemAttributes }
}

/** The item so many from the end, by what came before it. */
function askedBack(rows: Rows, back: number): Asked {
  const long = rows.flatMap((row, user) => (row.length < 3 ? [] : [{ row, user }]))
  return {
    dropsPast: true,
    questions: long.map(({ row, user }) => ({ user, past: Uint32Array.from(row.slice(0, -back)) })),
    targets: long.map(({ row }) => Uint32Array.of(row[row.length - back]!)),
  }
}

function askedAfter(rows: Rows, later: Rows): Asked {
  const asked = later.flatMap((row, user) => {
    if (row.length === 0) return []
    const known = rows[user] ?? []
    const isWhole = row.length > known.length && known.every((item, place) => row[place] === item)
    const all = isWhole ? row : [...known, ...row]
    return [{ user, past: Uint32Array.from(all.slice(0, -1)), target: all.at(-1)! }]
  })
  return {
    dropsPast: true,
    questions: asked.map(({ user, past }) => ({ user, past })),
    targets: asked.map(({ target }) => Uint32Array.of(target)),
  }
}

function withRows(rows: Rows, count: number): Rows {
  return Array.from({ length: count }, (_, row) => rows[row] ?? [])
}

/** The last item of each row withheld, where two are left. */
function cutLast({ train }: SequenceData) {
  const { starts, items, itemCount } = train
  const rows = Array.from({ length: starts.length - 1 }, (_, row) =>
    Array.from(items.subarray(starts[row], starts[row + 1])),
  )
  const kept = rows.map((row) => (row.length < 3 ? row : row.slice(0, -1)))
  return { train: sequencesOf(kept, itemCount), validation: askedBack(rows, 1) }
}
