import type { Explanation, RunView } from '../../state/api.ts'
import { flowOf } from '../../why/flow.ts'
import { ago, counted, duration } from '../../words/numbers.ts'
import { FlowTall } from './flow-tall.tsx'
import { FlowWide } from './flow-wide.tsx'
import { StepTable } from './step-table.tsx'

interface RunPictureProps {
  readonly run: RunView
  readonly told: Explanation
}

/** One run of a recipe, drawn: sources flow together, filters drop, what is left is arranged. */
export function RunPicture({ run, told }: RunPictureProps) {
  const flow = flowOf(run, told)
  const early = Date.parse(told.at) - Date.parse(run.at) > 1_000
  return (
    <figure class="run">
      <figcaption>
        <strong>{counted(run.shownCount, 'item')}</strong> of this page came from a run of the
        recipe <code>{run.recipe}</code>
        {early && ` ${ago(Date.parse(run.at), Date.now())}`}, in {duration(flow.totalMs)} of work
        {run.model !== 'none' && run.model !== '' && (
          <>
            {' '}
            with the model <code>{run.model}</code>
          </>
        )}
        .
      </figcaption>
      <FlowWide flow={flow} />
      <FlowTall flow={flow} />
      <StepTable steps={told.stages.filter((step) => step.run === run.run)} />
    </figure>
  )
}
