import type { StageView } from '../../state/api.ts'
import { count, duration } from '../../words/numbers.ts'

interface PipelineProps {
  readonly title: string
  readonly steps: readonly StageView[]
}

const stages = [
  ['recall', 'Recall', 'Sources propose candidates'],
  ['filter', 'Filter', 'What may not be shown is dropped'],
  ['rank', 'Rank', 'The model scores what is left'],
  ['mix', 'Mix', 'Places are given out'],
  ['queue', 'Queue', 'What waited is looked at again'],
] as const

/** One run of the recipe, stage by stage: rows that came through, rows dropped, time taken. */
export function Pipeline({ title, steps }: PipelineProps) {
  const largest = Math.max(...steps.map(({ rowCount, dropped }) => rowCount + dropped), 1)
  const total = steps.reduce((sum, { durationMs }) => sum + durationMs, 0)
  return (
    <section class="pipeline" aria-label={title}>
      <h3>
        {title} <span class="hint">{duration(total)} of work</span>
      </h3>
      <ol class="stages">
        {stages.map(([stage, name, words]) => {
          const own = steps.filter((step) => step.stage === stage)
          return own.length === 0 ? null : (
            <li key={stage} class="stage">
              <p class="stage-name">
                <strong>{name}</strong> <span class="hint">{words}</span>
              </p>
              <ul>
                {own.map((step) => (
                  <Step key={step.name} step={step} largest={largest} />
                ))}
              </ul>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

interface StepProps {
  readonly step: StageView
  readonly largest: number
}

function Step({ step, largest }: StepProps) {
  const { name, rowCount, dropped, durationMs, failure } = step
  const share = (rows: number): string => `${((rows / largest) * 100).toFixed(1)}%`
  return (
    <li class={failure === undefined ? 'step' : 'step step-failed'}>
      <span class="step-name">{name}</span>
      <span class="step-track" aria-hidden="true">
        <span class="step-kept" style={{ width: share(rowCount) }} />
        <span class="step-dropped" style={{ width: share(dropped) }} />
      </span>
      <span class="step-count">
        {count(rowCount)}
        <span class="unseen"> rows</span>
        {dropped > 0 && (
          <span class="step-minus">
            {' '}
            {'\u2212'}
            {count(dropped)}
            <span class="unseen"> dropped</span>
          </span>
        )}
      </span>
      <span class="step-time">{duration(durationMs)}</span>
      {failure !== undefined && <span class="step-failure">{failure}</span>}
    </li>
  )
}
