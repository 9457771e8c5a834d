import type { Change } from '../../state/api.ts'
import { placeOf, sideOf } from './value-text.ts'

/** What differs between two values: each place with both its sides. */
export function Changes({ changes }: { readonly changes: readonly Change[] }) {
  if (changes.length === 0) return <p class="hint">No difference.</p>
  return (
    <ul class="changes">
      {changes.map(({ path, before, after }) => (
        <li key={path}>
          <code class="change-place">{placeOf(path)}</code>
          {before !== undefined && (
            <del>
              <span class="unseen">was </span>
              {sideOf(before)}
            </del>
          )}
          {after !== undefined && (
            <ins>
              <span class="unseen">becomes </span>
              {sideOf(after)}
            </ins>
          )}
          {after === undefined && <span class="hint">is taken away</span>}
        </li>
      ))}
    </ul>
  )
}
