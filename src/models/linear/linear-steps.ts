import type { Reached } from '../../kernel/linear/minimise.ts'
import type { Checkpoints } from '../model.ts'
import { joinWeights, readArtifact } from '../weights.ts'

/** How far a fit came: the heads that are done, and where in the next one it stands. */
export interface LinearStep {
  /** Points of heads that are done. */
  readonly done: readonly Float64Array[]
  readonly point: Float64Array
  readonly reached: Reached
}

/** Of a fit that goes over all rows for each step of each head. */
export interface LinearSteps {
  takeUp(): Promise<LinearStep | undefined>
  /** Kept where that is worth while: some twenty numbers per weight. */
  made(step: LinearStep): Promise<void>
}

const kind = 'linear-step'

/** `width` numbers per point: the bias and all weights. */
export function linearSteps(checkpoints: Checkpoints | undefined, width: number): LinearSteps {
  return {
    async takeUp() {
      const kept = await checkpoints?.read(kind)
      if (kept === undefined) return undefined
      const reader = readArtifact(kept, kind)
      const pointsOf = (entry: string) =>
        Array.from({ length: reader.count(entry) }, () => reader.float64(width))
      const [done, point, slope] = [
        pointsOf('done'),
        reader.float64(width),
        reader.float64(width),
      ] as const
      const steps = pointsOf('pairs')
      const pairs = steps.map((step) => ({ step, change: reader.float64(width) }))
      const [value] = reader.float64(1)
      reader.end()
      const reached = { slope, pairs, value: value!, step: reader.count('step') }
      return { done, point, reached: { ...reached, isOver: reader.count('isOver') === 1 } }
    },

    async made({ done, point, reached }) {
      if (checkpoints === undefined || checkpoints.isDue?.() === false) return
      const { step, slope, pairs, value, isOver } = reached
      const header = { kind, step, done: done.length, pairs: pairs.length }
      await checkpoints.write(kind, {
        header: { ...header, isOver: isOver ? 1 : 0 },
        weights: joinWeights([
          ...[...done, point, slope],
          ...pairs.map((pair) => pair.step),
          ...pairs.map(({ change }) => change),
          Float64Array.of(value),
        ]),
      })
    },
  }
}
