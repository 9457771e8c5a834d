import { invalid, StarlingError } from '../../error.ts'
import { seededRandom } from '../../kernel/random.ts'
import type { Artifact, TrainingRun } from '../model.ts'
import { checkExamples, examplesAt } from '../ranking/examples.ts'
import type { Field } from '../ranking/field.ts'
import { headsOf, labelsOf } from '../ranking/labels.ts'
import type { Ranker, RankerTrainer, RankingData } from '../ranking/ranker.ts'
import type { Examples } from '../ranking/rows.ts'
import { unwrapped, wrappedArtifact } from '../ranking/wrapped.ts'
import { joinWeights, readArtifact } from '../weights.ts'
import type { Curve } from './curve.ts'
import { isotonicCurve, steppedCurve } from './isotonic.ts'
import { withoutSampling } from './negative-sampling.ts'
import { logisticCurve, plattCurve } from './platt.ts'

export interface CalibrationOptions {
  /** Two numbers for some hundred rows, or any rising shape for some thousand. */
  readonly method: 'platt' | 'isotonic'
  /** The share of the rows that the curve is fitted to, and the model not, in (0, 1); 0.2. */
  readonly heldOut?: number
  /** The share of the negatives that the rows hold, in (0, 1]; 1. */
  readonly negativeShare?: number
}

/** A ranker whose probabilities are those that come true. */
export interface CalibratedRanker<M extends Ranker> extends Ranker {
  readonly kind: 'calibrated'
  readonly inner: M
  /** For each head. */
  readonly curves: readonly Curve[]
}

/**
 * Fits a ranker to one part of the rows and a rising curve from its probabilities to what came, for
 * each head, to the rest; lists stay whole. The order of rows is that of the ranker, but for ties.
 * Labels lie in [0, 1].
 */
export function calibratedTrainer<M extends Ranker>(
  trainer: RankerTrainer<M>,
  options: CalibrationOptions,
): RankerTrainer<CalibratedRanker<M>> {
  const { method, heldOut = 0.2, negativeShare = 1 } = options
  if (!(heldOut > 0 && heldOut < 1)) throw invalid('heldOut', `${heldOut} must be > 0 and < 1`)
  withoutSampling(new Float32Array(), negativeShare)
  return {
    kind,
    async fit(data: RankingData, run: TrainingRun) {
      const { fields, train } = data
      const heads = headsOf(train)
      checkExamples(train, fields, heads)
      for (const head of heads) labelsOf(train, head)
      const parts = parted(train, fields, heldOut, `${run.seed}/calibration`)
      const inner = await trainer.fit({ ...data, train: parts.rest }, run)
      const { labels: _, ...rows } = parts.held
      const chances = await inner.predict(rows)
      const curves = inner.heads.map((head, index) => {
        const judged = { chances: chances[index]!, ...labelsOf(parts.held, head) }
        return method === 'platt' ? plattCurve(judged) : isotonicCurve(judged)
      })
      return calibrated(inner, curves, negativeShare)
    },
    load(artifact: Artifact) {
      const { own, inner } = unwrapped(artifact, kind)
      const model = trainer.load(inner)
      const reader = readArtifact(own, kind)
      const kinds = reader.texts('curves')
      const share = reader.number('negativeShare')
      const curves = model.heads.map((head, index) => {
        const points = reader.float64(reader.uint32(1)[0]!)
        const isLogistic = kinds[index] === 'platt' && points.length === 2
        if (isLogistic) return logisticCurve(points[0]!, points[1]!)
        if (kinds[index] === 'isotonic' && points.length >= 2) return steppedCurve(points)
        const message = `saved model of kind "${kind}": the curve of "${head}" is none`
        throw new StarlingError('data_loss', message)
      })
      reader.end()
      return calibrated(model, curves, share)
    },
  }
}

const kind = 'calibrated'

function calibrated<M extends Ranker>(
  inner: M,
  curves: readonly Curve[],
  negativeShare: number,
): CalibratedRanker<M> {
  return {
    ...{ kind, inner, curves, fields: inner.fields, heads: inner.heads },
    async predict(rows) {
      const chances = await inner.predict(rows)
      return chances.map((column, index) =>
        withoutSampling(curves[index]!.apply(column), negativeShare),
      )
    },
    save() {
      const own = joinWeights(
        curves.flatMap(({ points }) => [Uint32Array.of(points.length), points]),
      )
      const kinds = curves.map((curve) => curve.kind)
      return wrappedArtifact({ kind, curves: kinds, negativeShare }, own, inner.save())
    },
  }
}

/** Two parts of the rows by chance, at least one row or list in each. */
function parted(
  examples: Examples,
  fields: readonly Field[],
  share: number,
  seed: string,
): { readonly held: Examples; readonly rest: Examples } {
  const { rowCount } = examples
  const starts = examples.groups ?? Uint32Array.from({ length: rowCount + 1 }, (_, row) => row)
  const listCount = starts.length - 1
  if (listCount < 2) throw invalid('train', 'must hold two rows or lists at least')
  const random = seededRandom(seed)
  const isHeld = Array.from({ length: listCount }, () => random.next() < share)
  if (!isHeld.includes(true)) isHeld[0] = true
  if (!isHeld.includes(false)) isHeld[0] = false
  const part = (wanted: boolean): Examples => {
    const rows: number[] = []
    const groups = [0]
    for (let list = 0; list < listCount; list++) {
      if (isHeld[list] !== wanted) continue
      for (let row = starts[list]!; row < starts[list + 1]!; row++) rows.push(row)
      groups.push(rows.length)
    }
    const picked = examplesAt(examples, fields, Uint32Array.from(rows))
    return examples.groups ? { ...picked, groups: Uint32Array.from(groups) } : picked
  }
  return { held: part(true), rest: part(false) }
}
