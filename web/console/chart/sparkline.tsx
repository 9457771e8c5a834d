interface SparklineProps {
  readonly values: readonly (number | null)[]
}

const [wide, tall] = [120, 28]

/** The shape of a line, beside the number that it led to. */
export function Sparkline({ values }: SparklineProps) {
  const most = Math.max(...values.map((value) => value ?? 0), Number.MIN_VALUE)
  const step = wide / Math.max(1, values.length - 1)
  const points = values.flatMap((value, place) =>
    value === null ? [] : [`${(place * step).toFixed(1)},${heightOf(value / most)}`],
  )
  return (
    <svg
      class="spark"
      viewBox={`0 0 ${wide} ${tall}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {points.length > 1 && (
        <>
          <polygon
            class="spark-area"
            points={`${footOf(points[0])} ${points.join(' ')} ${footOf(points.at(-1))}`}
          />
          <polyline class="spark-line" points={points.join(' ')} />
        </>
      )}
    </svg>
  )
}

/** The place on the ground below a point. */
const footOf = (point = ''): string => `${point.split(',')[0]},${tall}`

const heightOf = (share: number): string => (tall - 2 - Math.max(0, share) * (tall - 4)).toFixed(1)
