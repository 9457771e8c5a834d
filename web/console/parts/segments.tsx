interface SegmentsProps<T> {
  readonly label: string
  readonly choices: readonly (readonly [words: string, value: T])[]
  readonly chosen: T
  readonly onChoose: (value: T) => void
}

/** One of a few, side by side. */
export function Segments<T extends string | number>(props: SegmentsProps<T>) {
  const { label, choices, chosen, onChoose } = props
  return (
    <fieldset class="segments">
      <legend class="unseen">{label}</legend>
      {choices.map(([words, value]) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === chosen}
          onClick={() => onChoose(value)}
        >
          {words}
        </button>
      ))}
    </fieldset>
  )
}
