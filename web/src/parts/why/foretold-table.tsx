import type { ItemExplanation } from '../../state/api.ts'

interface ForetoldTableProps {
  readonly foretold: ItemExplanation['foretold']
  /** How the score was made of it. */
  readonly formula: string | undefined
}

/** What a model foretold of an item: a click, a like, how long it is looked at. */
export function ForetoldTable({ foretold, formula }: ForetoldTableProps) {
  return (
    <details class="all-features">
      <summary>What was foretold</summary>
      <table>
        <tbody>
          {foretold.map(({ head, value }) => (
            <tr key={head}>
              <th scope="row">{head}</th>
              <td>{Number(value.toPrecision(3))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {formula !== undefined && (
        <p class="hint">
          Ordered by <code>{formula}</code>
        </p>
      )}
    </details>
  )
}
