import { invalid } from '../../../error.ts'
import type { CategoryField, Field, SequenceField } from '../../ranking/field.ts'

/** A number that trees may ask for, and how it comes from the fields. */
export type TreeFeature = { readonly name: string } & (
  | { readonly from: 'number'; readonly field: Field }
  /** How often an id comes in the row: 0 or 1 but for histories. */
  | { readonly from: 'id'; readonly field: CategoryField | SequenceField; readonly id: number }
  /** What came of rows with such an id, or with such a pair. */
  | { readonly from: 'statistic'; readonly fields: readonly (CategoryField | SequenceField)[] }
  | { readonly from: 'length'; readonly field: SequenceField }
  /** How often a candidate stands in a history of its kind. */
  | {
      readonly from: 'match'
      readonly field: CategoryField
      readonly history: SequenceField
    }
)

export interface TreeFeatureOptions {
  /** Ids of a field up to which each of them is a feature of its own; 12 where left out. */
  readonly oneHotMost?: number
  /** Pairs of category fields of which the pairs of ids are looked at. */
  readonly crosses?: readonly (readonly [string, string])[]
}

/** Throws `invalid_argument` for crosses of what is no category. */
export function treeFeatures(
  fields: readonly Field[],
  { oneHotMost = 12, crosses = [] }: TreeFeatureOptions,
): readonly TreeFeature[] {
  const categories = fields.filter((field): field is CategoryField => field.kind === 'category')
  const single = fields.flatMap((field): TreeFeature[] => {
    if (field.kind === 'number') return [{ from: 'number', name: field.name, field }]
    const ids: TreeFeature[] =
      field.size - 1 <= oneHotMost
        ? Array.from({ length: field.size - 1 }, (_, place) => ({
            ...{ from: 'id', name: `${field.name} = ${place + 1}` },
            ...{ field, id: place + 1 },
          }))
        : [{ from: 'statistic', name: `rate of ${field.name}`, fields: [field] }]
    if (field.kind === 'category') return ids
    const matches = categories
      .filter((candidate) => tableOf(candidate) === tableOf(field))
      .map(
        (candidate): TreeFeature => ({
          ...{ from: 'match', name: `${candidate.name} in ${field.name}` },
          ...{ field: candidate, history: field },
        }),
      )
    return [...ids, { from: 'length', name: `length of ${field.name}`, field }, ...matches]
  })
  const pairs = crosses.map((pair): TreeFeature => {
    const crossed = pair.map((name) => {
      const field = categories.find((category) => category.name === name)
      if (field === undefined) throw invalid('crosses', `name "${name}", which is no category`)
      return field
    })
    return { from: 'statistic', name: `rate of ${pair.join(' × ')}`, fields: crossed }
  })
  return [...single, ...pairs]
}

const tableOf = (field: CategoryField | SequenceField): string => field.table ?? field.name
