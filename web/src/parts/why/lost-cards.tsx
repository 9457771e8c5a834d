import { useMemo } from 'preact/hooks'
import { Cover } from '../../covers/cover.tsx'
import type { Fate } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { type LostGroup, lostGroups } from '../../why/lost-groups.ts'
import { count } from '../../words/numbers.ts'

const coverCount = 6
const titleCount = 60

/** What became of the candidates that a page does not show, by the stage that lost them. */
export function LostCards({ lost }: { readonly lost: readonly Fate[] }) {
  const groups = useMemo(() => lostGroups(lost), [lost])
  if (groups.length === 0) return <p class="hint">Every candidate is on the page.</p>
  return (
    <div class="lost">
      {groups.map((group) => (
        <LostCard key={group.key} group={group} />
      ))}
    </div>
  )
}

function LostCard({ group: { stage, words, fates } }: { readonly group: LostGroup }) {
  const { items, demo } = useApp()
  return (
    <section class="lost-card">
      <h3>
        <span class="lost-count">{count(fates.length)}</span> {words}{' '}
        <span class="lost-stage">{stage}</span>
      </h3>
      <ul class="lost-covers">
        {fates.slice(0, coverCount).map(({ id, title = id, reason }) => (
          <li key={id}>
            <a href={demo.pathOf(id)} title={title}>
              <Cover face={items.face(id)} untitled />
              <span class="lost-title">{title}</span>
              {reason !== undefined && <span class="unseen">: {reason}</span>}
            </a>
          </li>
        ))}
      </ul>
      {fates.length > coverCount && (
        <details class="all-features">
          <summary>All of them, by name</summary>
          <ul class="lost-names">
            {fates.slice(0, titleCount).map(({ id, title = id, reason }) => (
              <li key={id}>
                <a href={demo.pathOf(id)}>{title}</a>
                {reason !== undefined && <span class="hint">: {reason}</span>}
              </li>
            ))}
            {fates.length > titleCount && (
              <li class="hint">and {count(fates.length - titleCount)} more</li>
            )}
          </ul>
        </details>
      )}
    </section>
  )
}
