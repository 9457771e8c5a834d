import type { LearnedLists } from '../../kernel/nearest/nearest.ts'
import type { ArtifactHeader } from '../model.ts'
import type { ArtifactReader } from '../weights.ts'

/**
 * What the header of a model says of the lists that its rows lie in, if there are any; where it has
 * several, the entries of each begin with its own word.
 */
export function listEntries(
  lists: LearnedLists | undefined,
  word = '',
): Readonly<Record<string, number>> {
  if (lists === undefined) return {}
  const { listCount, centres, owners, longest, probes, recall } = lists
  const entries = {
    ...{ listCount, listNumbers: centres.length, listedCount: owners.length, longest, probes },
    ...{ recall: recall.value, recallOf: recall.k, recallQueries: recall.queryCount },
  }
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [word + name, value]))
}

/** What lies behind the weights of such a model. */
export function listArrays(
  lists: LearnedLists | undefined,
): readonly (Float32Array | Uint32Array)[] {
  return lists === undefined ? [] : [lists.centres, lists.owners]
}

export function readLists(
  header: ArtifactHeader,
  reader: ArtifactReader,
  word = '',
): LearnedLists | undefined {
  // Artifacts of small catalogues, and those from before there were lists, have none.
  if (header[`${word}listCount`] === undefined) return undefined
  const number = (name: string): number => reader.number(word + name)
  const count = (name: string): number => reader.count(word + name)
  return {
    listCount: count('listCount'),
    longest: number('longest'),
    probes: count('probes'),
    recall: {
      value: number('recall'),
      k: count('recallOf'),
      queryCount: count('recallQueries'),
    },
    centres: reader.float32(count('listNumbers')),
    owners: reader.uint32(count('listedCount')),
  }
}
