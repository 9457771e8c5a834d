interface FilterFaultProps {
  readonly expression: string
  /** As the server says it: "filter at column 8: expected ...". */
  readonly message: string
}

const placed = /^filter at column (\d+): (.*)$/s

/** What is wrong with a filter, and where. */
export function FilterFault({ expression, message }: FilterFaultProps) {
  const [, column, reason] = placed.exec(message) ?? []
  if (column === undefined || reason === undefined) {
    return (
      <p class="fault" role="alert">
        {message}
      </p>
    )
  }
  // Columns count characters, not the halves of a pair.
  const letters = [...expression]
  const at = Number(column) - 1
  return (
    <div class="fault" role="alert">
      <p>
        <strong>That filter cannot be read.</strong> At character {column}: {reason}.
      </p>
      <p aria-hidden="true">
        <code>
          {letters.slice(0, at).join('')}
          <mark>{letters.slice(at).join('') || '\u00a0'}</mark>
        </code>
      </p>
    </div>
  )
}
