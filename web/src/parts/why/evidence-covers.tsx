import { Cover } from '../../covers/cover.tsx'
import { deedWords } from '../../items/episodes.ts'
import type { Evidence } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'

/** What somebody did that speaks for an item, as small covers with what was done. */
export function EvidenceCovers({ evidence }: { readonly evidence: readonly Evidence[] }) {
  const { items, demo } = useApp()
  if (evidence.length === 0) return null
  return (
    <ul class="evidence" aria-label="What it rests on">
      {evidence.map((one) => (
        <li key={one.item}>
          <a href={demo.pathOf(one.item)} title={one.title}>
            <span class="thumb">
              <Cover face={items.face(one.item)} untitled />
            </span>
            <span class="unseen">{one.title}, </span>
            <Did evidence={one} />
          </a>
        </li>
      ))}
    </ul>
  )
}

/** What was done, as short as there is room for under a small cover. */
function Did({ evidence: { action, value } }: { readonly evidence: Evidence }) {
  if (action === undefined) return <span>beside it</span>
  if (action !== 'rate' || value === undefined) {
    return <span>{deedWords({ action, ...(value !== undefined && { value }) })}</span>
  }
  return (
    <span>
      <span aria-hidden="true">★ </span>
      <span class="unseen">rated </span>
      {value}
    </span>
  )
}
