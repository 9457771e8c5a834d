interface ColumnsProps {
  readonly title: string
  readonly values: readonly number[]
  /** What stands under the first and the last column. */
  readonly ends: readonly [string, string]
  readonly format: (value: number) => string
}

const [wide, tall] = [240, 64]

/** A few numbers in a row as columns: an hour of a day each, say. */
export function Columns({ title, values, ends, format }: ColumnsProps) {
  const most = Math.max(...values, Number.MIN_VALUE)
  const step = wide / Math.max(1, values.length)
  const sum = values.reduce((total, value) => total + value, 0)
  return (
    <figure class="columns">
      <svg
        viewBox={`0 0 ${wide} ${tall}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}: ${format(sum)} in all, ${format(Math.max(0, ...values))} at most`}
      >
        {values.map((value, place) => {
          const height = Math.max(value > 0 ? 1.5 : 0.5, (value / most) * (tall - 2))
          const x = place * step + 0.75
          return <rect key={place} x={x} y={tall - height} width={step - 1.5} height={height} />
        })}
      </svg>
      <figcaption>
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </figcaption>
    </figure>
  )
}
