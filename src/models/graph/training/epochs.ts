import { invalid } from '../../../error.ts'
import { randomOrder } from '../../../kernel/lists/random-order.ts'
import { type Random, seededRandom } from '../../../kernel/random.ts'
import type { Artifact, TrainingRun } from '../../model.ts'
import { joinWeights, readArtifact } from '../../weights.ts'
import type { Descent } from './descent.ts'

/** How long to learn, and when to stop sooner. */
export interface EpochSettings {
  /** Rows per step, 1 to 65536. */
  readonly batch: number
  /** How often all rows are passed at most, 1 to 10000. */
  readonly epochs: number
  /** Of Adam, > 0. */
  readonly rate: number
  /** Epochs in a row that may judge no better than the best before learning stops, >= 1. */
  readonly patience: number
  /** What the rate is multiplied with after each of those, in (0, 1]. */
  readonly rateDecay: number
  /** Steps after which a checkpoint is due, >= 1; one is kept after each epoch as well. */
  readonly checkpointSteps: number
}

export const epochSettings: EpochSettings = {
  batch: 256,
  epochs: 10,
  rate: 1e-3,
  patience: 2,
  rateDecay: 1,
  checkpointSteps: 10_000,
}

/** What is learned from. */
export interface Lesson {
  readonly rowCount: number
  /** Lays rows into the inputs: as many as a batch, or fewer at the end of an epoch. */
  fill(rows: Uint32Array, random: Random): void
  /** How good the weights are by now, the more the better; without it all epochs are passed. */
  readonly judge?: () => Promise<number>
}

/** How it went. */
export interface Course {
  /** The mean loss of each epoch, each step before it moved. */
  readonly losses: readonly number[]
  /** What `judge` said after each. */
  readonly judged: readonly number[]
}

const checkpointName = 'descent'

/**
 * Passes all rows again and again, in an order by chance. Afterwards the weights are those judged
 * best, or the last.
 *
 * Cancelled between two steps: rejects with the signal's reason. What is kept in `checkpoints`
 * leads to the bits of a run that was never broken off.
 */
export async function descendInEpochs(
  descent: Descent,
  lesson: Lesson,
  settings: EpochSettings,
  run: TrainingRun,
): Promise<Course> {
  checkEpochs(settings)
  const { signal, onProgress, checkpoints, report, seed } = run
  const { batch, epochs, patience, rateDecay, checkpointSteps } = settings
  const { rowCount, judge } = lesson
  const stepsPerEpoch = Math.ceil(rowCount / batch)
  const kept = await checkpoints?.read(checkpointName)
  const at = kept ? restored(kept, descent) : beginning(settings.rate)
  const keep = async (): Promise<void> => checkpoints?.write(checkpointName, saved(at, descent))
  signal?.throwIfAborted()

  while (at.epoch < epochs && at.failures < patience) {
    const order = randomOrder(rowCount, seededRandom(`${seed}/epoch/${at.epoch}`))
    while (at.step < stepsPerEpoch) {
      const rows = order.subarray(at.step * batch, (at.step + 1) * batch)
      lesson.fill(rows, seededRandom(`${seed}/batch/${at.epoch}/${at.step}`))
      at.lossSum += (await descent.step(at.rate)) * rows.length
      at.step++
      signal?.throwIfAborted()
      if (at.step === stepsPerEpoch) break
      onProgress?.((at.epoch + at.step / stepsPerEpoch) / epochs)
      if (at.step % checkpointSteps === 0) await keep()
    }
    at.losses.push(at.lossSum / rowCount)
    Object.assign(at, { epoch: at.epoch + 1, step: 0, lossSum: 0 })
    if (judge) {
      const found = await judge()
      at.judged.push(found)
      report?.(found)
      if (at.best === undefined || found > at.best.score) {
        Object.assign(at, { best: { score: found, weights: copied(descent) }, failures: 0 })
      } else Object.assign(at, { failures: at.failures + 1, rate: at.rate * rateDecay })
    }
    signal?.throwIfAborted()
    if (at.epoch < epochs && at.failures < patience) onProgress?.(at.epoch / epochs)
    await keep()
  }
  if (at.best)
    for (const [place, values] of [...descent.weights.values()].entries())
      values.set(at.best.weights[place]!)
  onProgress?.(1)
  return { losses: at.losses, judged: at.judged }
}

/** How far a run came. */
interface Place {
  epoch: number
  step: number
  rate: number
  failures: number
  lossSum: number
  readonly losses: number[]
  readonly judged: number[]
  best?: { readonly score: number; readonly weights: readonly Float32Array[] }
}

const beginning = (rate: number): Place => ({
  ...{ epoch: 0, step: 0, rate, failures: 0, lossSum: 0, losses: [], judged: [] },
})

const copied = ({ weights }: Descent): readonly Float32Array[] =>
  [...weights.values()].map((values) => values.slice())

function saved(place: Place, descent: Descent): Artifact {
  const { best, ...counts } = place
  const { steps, arrays } = descent.state()
  const header = { kind: checkpointName, ...counts, steps, bestScore: best?.score ?? null }
  return { header, weights: joinWeights([...arrays, ...(best?.weights ?? [])]) }
}

function restored(artifact: Artifact, descent: Descent): Place {
  const reader = readArtifact(artifact, checkpointName)
  const lengths = (arrays: Iterable<Float32Array>) => [...arrays].map(({ length }) => length)
  const arrays = lengths(descent.state().arrays).map((length) => reader.float32(length))
  const { header } = artifact
  const score = header['bestScore']
  const place: Place = {
    ...{ epoch: reader.count('epoch'), step: reader.count('step'), rate: reader.number('rate') },
    ...{ failures: reader.count('failures'), lossSum: reader.number('lossSum') },
    losses: numbersIn(header['losses']),
    judged: numbersIn(header['judged']),
  }
  if (typeof score === 'number') {
    const weights = lengths(descent.weights.values()).map((length) => reader.float32(length))
    place.best = { score, weights }
  }
  reader.end()
  descent.restore({ steps: reader.count('steps'), arrays })
  return place
}

const numbersIn = (entry: unknown): number[] =>
  Array.isArray(entry) ? entry.filter((value) => typeof value === 'number') : []

export function checkEpochs(settings: EpochSettings): void {
  const { batch, epochs, patience, rateDecay, checkpointSteps, rate } = settings
  const whole = (name: string, value: number, most: number): void => {
    if (Number.isInteger(value) && value >= 1 && value <= most) return
    throw invalid(name, `${value} must be a whole number >= 1 and <= ${most}`)
  }
  whole('batch', batch, 65_536)
  whole('epochs', epochs, 10_000)
  whole('patience', patience, 10_000)
  whole('checkpointSteps', checkpointSteps, 1e9)
  if (!(rate > 0 && rate < 10)) throw invalid('rate', `${rate} must be > 0 and < 10`)
  if (!(rateDecay > 0 && rateDecay <= 1))
    throw invalid('rateDecay', `${rateDecay} must be > 0 and <= 1`)
}
