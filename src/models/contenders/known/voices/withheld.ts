import { seededRandom } from '../../../../kernel/random.ts'
import type { SequenceData } from '../../../evaluation/formats/sequence-data.ts'
import { drawn, someAsked } from '../../../evaluation/protocols/judge-asked.ts'
import type { Asked } from '../../../evaluation/protocols/question.ts'
import { type Sequences, sequencesOf } from '../../../sequences.ts'

/** What is learned from, and what a fit may stop and choose by: nothing of it is learned. */
export interface Withheld {
  readonly train: Sequences
  readonly asked: Asked
}

/** Rows are those of users, whose lists go on; or sessions, after which others come. */
export type RowKind = 'users' | 'sessions'

/** At most such a share of the rows: what is few is needed to learn from. */
const rowShareMax = 0.05

/**
 * The validation part of the data where they have one. Else the last item of some users, or the
 * newest sessions as a whole, each step of them. At most `count` steps, by chance but always the
 * same.
 */
export function withheld(
  data: Pick<SequenceData, 'train' | 'validation'>,
  kind: RowKind,
  count: number,
): Withheld {
  const random = seededRandom('withheld')
  if (data.validation !== undefined) {
    return { train: data.train, asked: someAsked(data.validation, count, random) }
  }
  const cut = kind === 'users' ? lastItems(data.train, count) : newestRows(data.train, count)
  return { train: cut.train, asked: someAsked(cut.asked, count, random) }
}

function lastItems(train: Sequences, count: number): Withheld {
  const rows = rowsOf(train)
  const long = rows.flatMap((row, user) => (row.length >= 3 ? [user] : []))
  const most = Math.min(count, Math.floor(rowShareMax * rows.length))
  const some = drawn(long.length, most, seededRandom('withheld users'))
  const steps = Array.from(some, (place) => {
    const user = long[place]!
    const [past, target] = [rows[user]!.slice(0, -1), rows[user]!.at(-1)!]
    rows[user] = past
    return { user, past, target }
  })
  const questions = steps.map(({ user, past }) => ({ user, past }))
  const targets = steps.map(({ target }) => Uint32Array.of(target))
  return {
    train: sequencesOf(rows, train.itemCount),
    asked: { questions, targets, dropsPast: true },
  }
}

/** As many of the last rows as `count` steps take. */
function newestRows(train: Sequences, count: number): Withheld {
  const rows = rowsOf(train)
  const least = rows.length - Math.floor(rowShareMax * rows.length)
  let [from, left] = [rows.length, count]
  while (from > least && left > 0) left -= Math.max(0, rows[--from]!.length - 1)
  const steps = rows.slice(from).flatMap((row, place) =>
    Array.from({ length: Math.max(0, row.length - 1) }, (_, step) => ({
      question: { user: from + place, past: row.slice(0, step + 1) },
      target: Uint32Array.of(row[step + 1]!),
    })),
  )
  return {
    train: sequencesOf(rows.slice(0, from), train.itemCount),
    asked: {
      questions: steps.map(({ question }) => question),
      targets: steps.map(({ target }) => target),
      dropsPast: false,
    },
  }
}

function rowsOf({ starts, items }: Sequences): Uint32Array[] {
  return Array.from({ length: starts.length - 1 }, (_, row) =>
    items.subarray(starts[row], starts[row + 1]),
  )
}
