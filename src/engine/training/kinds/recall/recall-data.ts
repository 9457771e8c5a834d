import { type Interactions, interactionsOf } from '../../../../models/interactions.ts'
import { type Sequences, sequencesOf } from '../../../../models/sequences.ts'
import { cellsBefore, type Likes, readLikes } from '../../likes.ts'
import type { Work } from '../kind.ts'
import type { Past } from './recall-family.ts'
import { readTexts } from './texts.ts'

export interface RecallData {
  readonly likes: Likes
  /** The place of the log that cuts it in two. */
  readonly cut: number
  /** What lies before the moment that cuts the log in two, and all of it. */
  readonly earlier: Past
  readonly all: Past
  /** What people liked after that moment, who had liked something before. */
  readonly later: readonly Later[]
}

export interface Later {
  readonly items: Uint32Array
  readonly weights: Float32Array
  /** Items liked for the first time. */
  readonly targets: ReadonlySet<number>
}

/** The share of likes that lies before the cut: models are judged by what came after. */
const earlierShare = 0.8

/** So much of the likes tells two models apart, at least. */
const laterShareMin = 0.03

/**
 * Where there is a serving model, the log is cut where that had stopped reading, if enough lies
 * behind it: both then know as much, and are asked for what neither has met.
 */
export async function readRecallData(
  work: Work,
  readsTexts: boolean,
  servingThrough = 0,
): Promise<RecallData> {
  const { log, base } = work
  const likes = await readLikes(log, await base())
  const content = readsTexts ? await readTexts(log, await base()) : { texts: [] }
  return recallDataOf(likes, content, servingThrough)
}

/** The same of likes that were read already. */
export function recallDataOf(
  likes: Likes,
  content: Past['content'],
  servingThrough = 0,
): RecallData {
  const usual = likes.offsets[Math.floor(likes.items.length * earlierShare)] ?? 0
  const last = likes.offsets[Math.floor(likes.items.length * (1 - laterShareMin))] ?? 0
  const cut = servingThrough > usual && servingThrough <= last ? servingThrough : usual
  const earlier = pastOf(likes, cut, content)
  const all = pastOf(likes, Number.POSITIVE_INFINITY, content)
  return { likes, cut, earlier, all, later: laterOf(likes, cut, earlier.matrix) }
}

/** Who liked what before a place of the log, in the forms that families learn from. */
function pastOf(likes: Likes, before: number, content: Past['content']): Past {
  const { cells, shape } = cellsBefore(likes, before)
  const known: { matrix?: Interactions; sequences?: Sequences } = {}
  return {
    content,
    get matrix() {
      return (known.matrix ??= interactionsOf(cells, shape, 'max'))
    },
    get sequences() {
      return (known.sequences ??= sequencesOf(inOrder(cells, shape.userCount), shape.itemCount))
    },
  }
}

/** Each user's items in the order of the log, each where it was liked first. */
function inOrder(
  { users, items }: { readonly users: Uint32Array; readonly items: Uint32Array },
  userCount: number,
): readonly (readonly number[])[] {
  const rows = Array.from({ length: userCount }, () => new Set<number>())
  for (const [cell, user] of users.entries()) rows[user]!.add(items[cell]!)
  return rows.map((row) => [...row])
}

function laterOf(likes: Likes, cut: number, earlier: Interactions): readonly Later[] {
  const { starts, columns, weights } = earlier
  const targets = new Map<number, Set<number>>()
  for (const [cell, offset] of likes.offsets.entries()) {
    if (offset < cut) continue
    const [user, item] = [likes.users[cell]!, likes.items[cell]!]
    const row = columns.subarray(starts[user]!, starts[user + 1]!)
    if (row.length === 0 || row.includes(item)) continue
    const own = targets.get(user)
    if (own === undefined) targets.set(user, new Set([item]))
    else own.add(item)
  }
  const order = inOrder(likes, likes.userCount)
  return [...targets].map(([user, own]): Later => {
    const [from, to] = [starts[user]!, starts[user + 1]!]
    const weightOf = new Map<number, number>()
    for (let cell = from; cell < to; cell++) weightOf.set(columns[cell]!, weights[cell]!)
    const items = order[user]!.filter((item) => weightOf.has(item))
    return {
      items: Uint32Array.from(items),
      weights: Float32Array.from(items, (item) => weightOf.get(item)!),
      targets: own,
    }
  })
}
