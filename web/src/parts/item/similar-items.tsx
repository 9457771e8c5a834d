import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Cover } from '../../covers/cover.tsx'
import { each } from '../../covers/geometry.ts'
import type { Page, PageItem } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { type Failure, failureOf } from '../../state/failure.ts'

const size = 6

/** What goes with an item. */
export function SimilarItems({ id }: { readonly id: string }) {
  const { client, visitor, items } = useApp()
  const page = useSignal<Page | undefined>(undefined)
  const failure = useSignal<Failure | undefined>(undefined)
  useEffect(() => {
    const user = visitor.user.peek()
    client.similar({ id, size, items: true, ...(user !== undefined && { user }) }).then(
      (answer) => {
        items.learn(answer.items)
        page.value = answer
      },
      (error: unknown) => {
        failure.value = failureOf(error)
      },
    )
  }, [client, visitor, items, id, page, failure])
  return (
    <section aria-labelledby="similar-title">
      <h3 id="similar-title">Goes with it</h3>
      {failure.value !== undefined && (
        <p class="note note-weak">What goes with it could not be had: {failure.value.message}.</p>
      )}
      {page.value?.items.length === 0 && <p class="hint">Nothing is known to go with it yet.</p>}
      <ul class="similar">
        {page.value === undefined
          ? each(size).map((n) => (
              <li key={n} aria-hidden="true">
                <span class="bone bone-cover" />
              </li>
            ))
          : page.value.items.map((entry) => (
              <SimilarItem key={entry.id} entry={entry} requestId={page.value?.requestId ?? ''} />
            ))}
      </ul>
    </section>
  )
}

interface SimilarItemProps {
  readonly entry: PageItem
  readonly requestId: string
}

function SimilarItem({ entry, requestId }: SimilarItemProps) {
  const { items, acts } = useApp()
  const face = items.face(entry.id)
  return (
    <li>
      <button type="button" class="card-cover" onClick={() => acts.open(requestId, entry)}>
        <Cover face={face} />
        <span class="unseen">{face.title}</span>
      </button>
    </li>
  )
}
