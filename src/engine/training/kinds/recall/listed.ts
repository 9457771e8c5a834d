import type { LearnedLists } from '../../../../kernel/nearest/nearest.ts'
import { openNearest } from '../../../../kernel/nearest/open-nearest.ts'
import { listArrays, listEntries, readLists } from '../../../../models/als/kept-lists.ts'
import type { Artifact } from '../../../../models/model.ts'
import { unwrapped, wrappedArtifact } from '../../../../models/ranking/wrapped.ts'
import { joinWeights, readArtifact } from '../../../../models/weights.ts'
import { learnedLists } from '../../item-lists.ts'
import type { DeclaredSetting } from '../settings.ts'
import type { Past, RecallFamily, RecallModel } from './recall-family.ts'

/** Of families whose models lay items out in space. */
export const listsAbove: DeclaredSetting = {
  ...{ initial: 50_000, least: 0, most: 1e9, whole: true },
  description: 'Catalogues of more items are looked through by lists that are learned of them.',
}

/** A model of some family around which lists of its items are kept. */
const kind = 'in-lists'

/**
 * Learns in which lists the items of a model lie, and keeps them with it: so requests need not look
 * at all items. Undefined for a model that lays no items out in space.
 */
export async function inLists(
  model: RecallModel,
  artifact: Artifact,
  { sequences }: Past,
  seed: number | string,
): Promise<{ readonly artifact: Artifact; readonly lists: LearnedLists } | undefined> {
  const { space } = model
  if (space === undefined) return undefined
  const people = sequences.starts.length - 1
  const lists = await learnedLists({
    ...{ rows: space.rows, width: space.width, measure: 'product', seed },
    askers: Array.from({ length: people }, (_, user) => user),
    // As sources ask: with what each liked, all of it alike.
    vectorOf(user) {
      const past = sequences.items.subarray(sequences.starts[user]!, sequences.starts[user + 1]!)
      return past.length === 0
        ? undefined
        : space.queryOf(past, new Float32Array(past.length).fill(1))
    },
  })
  if (lists === undefined) return undefined
  const own = joinWeights(listArrays(lists))
  const header = { kind, ...listEntries(lists) }
  return { artifact: wrappedArtifact(header, own, artifact), lists }
}

/** The model of an artifact of the family, with or without lists around it. */
export async function loadRecall(
  family: Pick<RecallFamily, 'load'>,
  artifact: Artifact,
): Promise<RecallModel> {
  if (artifact.header.kind !== kind) return family.load(artifact)
  const { own, inner } = unwrapped(artifact, kind)
  const reader = readArtifact(own, kind)
  const lists = readLists(own.header, reader)
  reader.end()
  const model = await family.load(inner)
  return lists === undefined ? model : lookedThrough(model, lists)
}

/** Answers by the lists where the best are asked for, and by looking at all items else. */
function lookedThrough(model: RecallModel, lists: LearnedLists): RecallModel {
  const { space } = model
  if (space === undefined) return model
  const { rows, width } = space
  let opened: ReturnType<typeof openNearest> | undefined
  return {
    ...model,
    async best({ items, weights }, limit, accept) {
      const query = await space.queryOf(items, weights)
      // Made within the first request that asks, in the time that copying the items takes.
      opened ??= openNearest({ rows, width, measure: 'product', seed: 0, lists })
      if (isZero(query, 0, width)) return { rows: new Uint32Array(0), scores: new Float32Array(0) }
      const isKnown = (item: number): boolean => !isZero(rows, item * width, width)
      const only = { accept: (item: number) => accept(item) && isKnown(item) }
      const found = opened.search(query, limit, only)
      return { rows: found.rows, scores: space.scoresOf(found.scores) }
    },
  }
}

/** Nothing was learned of it. */
function isZero(rows: Float32Array, start: number, width: number): boolean {
  for (let k = 0; k < width; k++) if (rows[start + k] !== 0) return false
  return true
}
