import { type Interactions, interactionsOf } from '../../interactions.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Who met what, in no order: what models of collaborative filtering learn from. */
export interface InteractionData {
  /** A row per user, a column per item, all weights 1; those of the test have theirs too. */
  readonly train: Interactions
  /** Ids as the files spell them, by ordinal. */
  readonly userIds: readonly string[]
  readonly itemIds: readonly string[]
}

/** Pairs while they are read. */
export interface Pairs {
  readonly users: number[]
  readonly items: number[]
}

/** After the last file was read: users and items that only the test names are counted too. */
export function interactionData(
  { users, items }: Pairs,
  userNames: Vocabulary,
  itemNames: Vocabulary,
): InteractionData {
  const shape = { userCount: userNames.ids.length, itemCount: itemNames.ids.length }
  const cells = { users: Uint32Array.from(users), items: Uint32Array.from(items) }
  const train = interactionsOf(cells, shape, 'max')
  return { train, userIds: userNames.ids, itemIds: itemNames.ids }
}
