import { invalid } from '../../../error.ts'
import type { Ranker } from '../../ranking/ranker.ts'
import type { Rows } from '../../ranking/rows.ts'
import { type DeepRanker, served } from '../deep-ranker.ts'
import { type TwoTowerSettings, tower } from '../two-tower.ts'
import { rankerSessions } from './ranker-sessions.ts'

/** Vectors of one side, as recall needs them. */
export interface TowerVectors {
  readonly dims: number
  /** rowCount × dims, a row after the other. Takes the fields of its side alone. */
  vectorsOf(rows: Rows): Promise<Float32Array>
}

/**
 * The half of a two-tower model: vectors whose inner product with those of the other half ranks as
 * the model does. Users' are asked for one by one, items' once for the whole catalogue.
 */
export function towerVectors(
  { parts }: DeepRanker<TwoTowerSettings>,
  side: 'user' | 'item',
): TowerVectors {
  const { dims } = parts.settings
  const fields = parts.fields.filter((field) => (field.side === 'item') === (side === 'item'))
  if (fields.length === 0) throw invalid('side', `the model has no field of the ${side}'s`)
  const predict: Ranker['predict'] = rankerSessions(
    fields,
    ['vector'],
    () => {
      const { inputs, finish } = served(parts, -1)
      return finish(new Map([['vector', tower(inputs, side, parts.settings)]]))
    },
    { width: dims },
  )
  return { dims, vectorsOf: async (rows) => (await predict(rows))[0]! }
}
