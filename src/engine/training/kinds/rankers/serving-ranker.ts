import type { Ranker } from '../../../../models/ranking/ranker.ts'
import type { DeclaredSet } from '../../../../state/features/declared/declaration.ts'
import type { Encoding } from '../../../../state/features/declared/encoding/encoding.ts'
import { ownKinds } from '../../../serving/own-kinds.ts'
import type { Work } from '../kind.ts'

/** The version that serves under a name, as it can be asked for rows of the same set. */
export interface ServingRanker {
  readonly ranker: Ranker
  readonly encoding: Encoding
  /** Rows of later moments it has not met. */
  readonly until: number
}

/**
 * Undefined where none serves, where it learned from somebody who was erased since, or where it
 * goes by columns that the rows do not hold.
 */
export async function servingRanker(
  name: string,
  { registry, taintedThrough }: Work,
  set: DeclaredSet,
): Promise<ServingRanker | undefined> {
  const artifact = (await registry.latest(name))?.artifact
  const until = artifact?.header['until']
  if (artifact === undefined || typeof until !== 'number') return undefined
  if (!(Number(artifact.header['through']) > taintedThrough)) return undefined
  try {
    const { filling } = (await ownKinds.get(artifact.header.kind)?.(artifact)) ?? {}
    if (filling?.kind !== 'encoded') return undefined
    const { ranker, encoding } = filling
    return holds(set, encoding.set) ? { ranker, encoding, until } : undefined
  } catch {
    return undefined
  }
}

function holds(set: DeclaredSet, other: DeclaredSet): boolean {
  const known = new Set(set.columns.map((column) => JSON.stringify(column)))
  return other.columns.every((column) => known.has(JSON.stringify(column)))
}
