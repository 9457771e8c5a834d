import type { ItemExplanation } from '../../state/api.ts'

interface InputTableProps {
  readonly inputs: ItemExplanation['inputs']
}

/** What a ranker of a declared set was given, in the words of the set. */
export function InputTable({ inputs }: InputTableProps) {
  return (
    <details class="all-features">
      <summary>All {inputs.length} columns that the ranker was given</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Values</th>
          </tr>
        </thead>
        <tbody>
          {inputs.map(({ name, description, values }) => (
            <tr key={name}>
              <th scope="row" title={description}>
                <code>{name}</code>
              </th>
              <td>{values.map(shortened).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

/** Numbers as they are read at a glance; names as they are. */
function shortened(value: string): string {
  const number = Number(value)
  return value.includes('.') && !Number.isNaN(number)
    ? String(Number(number.toPrecision(4)))
    : value
}
