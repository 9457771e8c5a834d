import type { ItemExplanation } from '../../state/api.ts'
import { signed } from '../../words/numbers.ts'

interface FeatureTableProps {
  readonly features: ItemExplanation['features']
}

/** All that the ranker looked at, by its own names. */
export function FeatureTable({ features }: FeatureTableProps) {
  const order = [...features].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
  return (
    <details class="all-features">
      <summary>All {features.length} features of the ranker</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Feature</th>
            <th scope="col">Value</th>
            <th scope="col">Part of the score</th>
          </tr>
        </thead>
        <tbody>
          {order.map(({ name, value, contribution, description }) => (
            <tr key={name}>
              <th scope="row" title={description}>
                <code>{name}</code>
              </th>
              <td>{Number(value.toPrecision(4))}</td>
              <td>{signed(contribution)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
