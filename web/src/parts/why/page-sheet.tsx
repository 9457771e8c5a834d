import { useEffect } from 'preact/hooks'
import type { Explanation } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { counted } from '../../words/numbers.ts'
import { Sheet } from '../base/sheet.tsx'
import { Fates } from './fates.tsx'
import { Pipeline } from './pipeline.tsx'

/** Why a page looks as it does: the run or the runs that made it, and what it left out. */
export function PageSheet() {
  const { panel, explanations } = useApp()
  const page = panel.explained.value
  const requestId = page?.requestId
  useEffect(() => {
    if (requestId !== undefined) explanations.want(requestId)
  }, [explanations, requestId])
  if (page === undefined) return null
  const answer = explanations.of(page.requestId)
  return (
    <Sheet
      label={`Why page ${page.batchId} looks as it does`}
      topic={page.requestId}
      onClose={() => panel.close()}
    >
      <h2 class="item-title">Why page {page.batchId}?</h2>
      {answer === undefined ? (
        <span class="bone bone-line" />
      ) : 'message' in answer ? (
        <p class="hint">It is no longer known: {answer.message}.</p>
      ) : (
        <PageReasons explanation={answer} />
      )}
    </Sheet>
  )
}

function PageReasons({ explanation }: { readonly explanation: Explanation }) {
  const { stages, lost, items, recipe, model, delivery } = explanation
  const runs = [...new Set(stages.map(({ run }) => run))]
  const origin = delivery === 'queued' ? 'It waited in the queue' : 'It was made on request'
  return (
    <>
      <p class="why-sentence">
        {origin}: recipe <strong>{recipe}</strong>, ranked by <strong>{model || 'no model'}</strong>
        , {counted(items.length, 'title')} shown.
      </p>
      {runs.length === 0 && (
        <p class="hint">How it was made is no longer kept: only the newest runs are.</p>
      )}
      {runs.map((run, index) => (
        <Pipeline
          key={run}
          title={runs.length > 1 ? `Run ${index + 1} of ${runs.length}` : 'How it was made'}
          steps={stages.filter((step) => step.run === run)}
        />
      ))}
      <Fates lost={lost} />
    </>
  )
}
