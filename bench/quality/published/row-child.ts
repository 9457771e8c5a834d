import { answering } from '../../harness/child.ts'
import { progressOn } from '../../harness/progress.ts'
import { allEntries } from './entries.ts'
import { type PlayOptions, play } from './play.ts'
import { figuresOf, type RowFigure } from './row.ts'

/** One row in a process of its own, so that memory and seconds are those of this row alone. */
export interface RowQuestion extends Pick<PlayOptions, 'data' | 'usersMax' | 'checkpoints'> {
  readonly set: string
  readonly model: string
}

export interface RowAnswer {
  readonly figures: readonly RowFigure[]
  readonly trainSeconds: number
  readonly judgeSeconds: number
  readonly peakBytes: number
}

answering(async ({ set, model, ...options }: RowQuestion): Promise<RowAnswer> => {
  const entry = (await allEntries()).find((each) => each.set.name === set && each.model === model)
  if (entry === undefined) throw new Error(`${set} ${model} is not entered`)
  const progress = progressOn(process.stderr)
  const onProgress = (step: string, share: number): void =>
    progress(`${set} ${model}, ${step}`, share)
  const { judgements, ...costs } = await play(entry, { ...options, onProgress })
  return { figures: figuresOf({ judgements }), ...costs }
})
