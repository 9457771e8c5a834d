import { StarlingError } from '../../error.ts'
import type { Scorer } from '../../feed/pipeline/scorer.ts'
import { type BatchModel, batch } from '../../feed/rank/batch.ts'
import { byDeclared } from '../../feed/rank/by-declared.ts'
import type { CombinationOf } from '../../feed/rank/value.ts'
import type { Ranker } from '../../models/ranking/ranker.ts'
import type { RawColumn } from '../../models/serving/raw-value.ts'
import type { Asked, Servable, Signature } from '../../models/serving/servable.ts'
import type { ServedModels } from '../../models/serving/shelf/served-models.ts'
import {
  type Filler,
  fillerFor,
  type Reader,
  readerFor,
} from '../../state/features/declared/filler.ts'
import type { RawRows } from '../../state/features/declared/rows.ts'
import type { ColumnGround } from '../../state/features/declared/sources/source-reader.ts'

/** Served models as rankers of a feed, by name. */
export interface FeedModels {
  /**
   * `neuralcf`, or `neuralcf/2`. Undefined where no such model is served; rejects with
   * `failed_precondition` where its manifest does not say where features come from.
   */
  named(name: string): Promise<Scorer | undefined>
  /** Those that serve now. */
  names(): readonly string[]
}

/** What fills the rows of a model. */
type Prepared =
  | { readonly kind: 'raw'; readonly reader: Reader }
  | { readonly kind: 'encoded'; readonly filler: Filler; readonly ranker: Ranker }

export function feedModels(
  served: ServedModels,
  ground: ColumnGround,
  combinationOf: CombinationOf,
): FeedModels {
  // Made with the first request that asks, and let go of with the model.
  const prepared = new WeakMap<Servable, Prepared>()
  const preparedFor = (servable: Servable, name: string): Prepared => {
    const known = prepared.get(servable)
    if (known !== undefined) return known
    const fresh = prepare(servable, name, ground)
    prepared.set(servable, fresh)
    return fresh
  }

  const scorerOf = (servable: Servable, name: string, at: number): Scorer => {
    const filled = preparedFor(servable, name)
    const version = `${name}/${at}`
    // Asked for anew with each request: what serves meanwhile is not closed under it.
    const askAgain = <Answer>(work: (again: Servable) => Promise<Answer>): Promise<Answer> =>
      served.ask(name, at, work)
    if (filled.kind === 'encoded') {
      const { filler, ranker } = filled
      const held: Ranker = {
        ...ranker,
        predict: (...asked) => askAgain(() => ranker.predict(...asked)),
      }
      return byDeclared(name, { ranker: held, filler, version, combinationOf })
    }
    const { reader } = filled
    const model: BatchModel = {
      version,
      heads: servable.signature.outputs.map((output) => output.name),
      needs: (context) => reader.needs(context),
      score: (context, rows, known, signal) =>
        askAgain((again) => {
          const asked = askedOf(reader.read(context, rows, known), again.signature)
          return again.predict(asked, signal)
        }),
    }
    return batch(model, combinationOf)
  }

  return {
    async named(asked) {
      const [, name, number] = /^([^/]+)(?:\/([1-9]\d{0,14}))?$/.exec(asked) ?? []
      if (name === undefined) return undefined
      const version = number === undefined ? undefined : Number(number)
      try {
        return await served.ask(name, version, async (servable, at) => scorerOf(servable, name, at))
      } catch (error) {
        if (error instanceof StarlingError && error.code === 'not_found') return undefined
        throw error
      }
    },
    names: () =>
      served.list().flatMap(({ name, serving }) => (serving === undefined ? [] : [name])),
  }
}

function prepare({ filling }: Servable, name: string, ground: ColumnGround): Prepared {
  if (filling === undefined) {
    const message =
      `${name} cannot order a feed: it does not say where its features come from ("source" in ` +
      'its manifest); it can be asked at :predict'
    throw new StarlingError('failed_precondition', message, { field: 'model' })
  }
  if (filling.kind === 'raw') return { kind: 'raw', reader: readerFor(filling.set, ground) }
  const { encoding, ranker } = filling
  return { kind: 'encoded', filler: fillerFor(encoding, ground), ranker }
}

/** What was read, as a model is asked: what is absent is left out, or stands as nothing. */
function askedOf({ rowCount, columns }: RawRows, { inputs }: Signature): Asked {
  const given = new Map<string, RawColumn>()
  for (const { name, standIn = 0 } of inputs) {
    const column = columns.get(name)
    if (column === undefined) continue
    if (!(column instanceof Float64Array)) given.set(name, column)
    else
      given.set(
        name,
        Float32Array.from(column, (value) => (Number.isNaN(value) ? standIn : value)),
      )
  }
  return { rowCount, columns: given }
}
