import { invalid } from '../../../error.ts'
import type { Artifact } from '../../model.ts'
import type { CategoryField, Field } from '../../ranking/field.ts'
import type { Ranker, RankerTrainer } from '../../ranking/ranker.ts'
import type { Examples, Rows } from '../../ranking/rows.ts'
import { unwrapped, wrappedArtifact } from '../../ranking/wrapped.ts'

/** A ranker that knew where rows stood when it learned, and asks as if all stood first. */
export interface PositionAware<M extends Ranker> extends Ranker {
  readonly kind: 'position-aware'
  readonly inner: M
}

/**
 * Gives a ranker the place of each row as one more column, fixed to the first when it serves: what
 * the place explains, the item need not (position as a feature: PAL, Guo et al., RecSys 2019).
 *
 * Needs `positions`. Places from `places` on count as one.
 */
export function positionAwareTrainer<M extends Ranker>(
  trainer: RankerTrainer<M>,
  { places = 50 }: { readonly places?: number } = {},
): RankerTrainer<PositionAware<M>> {
  if (!(Number.isInteger(places) && places >= 1)) {
    throw invalid('places', `${places} must be a whole number >= 1`)
  }
  // Id 0 stands for the unknown.
  const field: CategoryField = { ...place, size: places + 1 }
  const placed = (examples: Examples): Examples => {
    const { positions, rowCount, columns } = examples
    if (positions?.length !== rowCount) {
      throw invalid('positions', `must be given for ${rowCount} rows`)
    }
    const ids = positions.map((position) => 1 + Math.min(places - 1, position))
    return { ...examples, columns: new Map<string, Column>(columns).set(place.name, ids) }
  }
  return {
    kind,
    async fit({ fields, train, validation }, run) {
      const data = {
        fields: [...fields, field],
        train: placed(train),
        ...(validation && { validation: placed(validation) }),
      }
      return positionAware(await trainer.fit(data, run), fields)
    },
    load(artifact: Artifact) {
      const model = trainer.load(unwrapped(artifact, kind).inner)
      const fields = model.fields.filter(({ name }) => name !== place.name)
      return positionAware(model, fields)
    },
  }
}

type Column = Float32Array | Uint32Array

const kind = 'position-aware'
const place = { kind: 'category', name: 'position', side: 'context' } as const

function positionAware<M extends Ranker>(inner: M, fields: readonly Field[]): PositionAware<M> {
  return {
    ...{ kind, inner, fields, heads: inner.heads },
    predict(rows: Rows) {
      // One place for all rows: the first.
      const columns = new Map<string, Column>(rows.columns).set(place.name, Uint32Array.of(1))
      return inner.predict({ ...rows, columns })
    },
    save: () => wrappedArtifact({ kind }, new Uint8Array(), inner.save()),
  }
}
