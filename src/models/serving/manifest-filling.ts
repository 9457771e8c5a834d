import { invalid } from '../../error.ts'
import type { DeclaredColumn, DeclaredSet } from '../../state/features/declared/declaration.ts'
import {
  countOf,
  type NameSource,
  type Source,
} from '../../state/features/declared/sources/source.ts'
import type { Filling } from './filling.ts'
import type { Feature } from './manifest.ts'

/**
 * The features of a manifest as a declared set; undefined where a feature that must be there names
 * no source, and is none of the usual ids. Throws `invalid_argument` where a source gives another
 * number of values than the feature takes.
 */
export function fillingOf(features: readonly Feature[]): Filling | undefined {
  const columns: DeclaredColumn[] = []
  for (const feature of features) {
    const source = feature.source ?? usualSource(feature)
    if (source !== undefined) columns.push(columnFor(feature, source))
    else if (!feature.optional) return undefined
  }
  if (columns.length === 0) return undefined
  const set: DeclaredSet = {
    ...{ name: 'manifest', version: 1, description: 'The features of a manifest.', columns },
    // A declared set has labels; a model that was trained elsewhere knows its own.
    labels: [{ name: 'click', description: 'Made up.', positive: [{ action: 'click' }] }],
  }
  return { kind: 'raw', set }
}

/** `userId` and `movieId` are ids, and need not say so. */
function usualSource({ holds, width }: Feature): Source | undefined {
  if (holds === undefined || width !== 1) return undefined
  return { from: holds === 'user' ? 'user-id' : 'item-id' }
}

function columnFor({ name, width }: Feature, source: Source): DeclaredColumn {
  const count = countOf(source)
  if (count !== width) {
    const message = `gives ${count} values where the feature takes ${width}`
    throw invalid(`inputs.${name}.source`, message)
  }
  const description = `The input ${name} of a model.`
  if (!isOfNames(source)) return { name, description, source, as: { form: 'number' } }
  // Names are read as they are: what becomes of them is the model's own concern.
  return { name, description, source, as: { form: 'category', hash: 1, seed: '' } }
}

const nameSources: ReadonlySet<string> = new Set([
  ...['item-id', 'item-text', 'item-tags', 'user-id', 'user-text', 'user-follows'],
  ...['user-rated-items', 'user-liked-items', 'user-rated-tags', 'request', 'request-field'],
])

const isOfNames = (source: Source): source is NameSource => nameSources.has(source.from)
