import { StarIcon } from '../../parts/base/icons.tsx'
import type { Film } from '../../state/api.ts'
import { count, counted } from '../../words/numbers.ts'

interface HistogramProps {
  /** Undefined while they are on their way. */
  readonly statistics: Film['statistics'] | undefined
}

const height = 64

/** What people gave a film, by half stars. */
export function Histogram({ statistics }: HistogramProps) {
  const bars = statistics?.histogram ?? []
  const most = Math.max(1, ...bars)
  return (
    <section class="ratings" aria-label="What people gave it">
      <p class="ratings-average">
        <StarIcon filled={1} />
        <strong>{statistics?.average?.toFixed(1) ?? '–'}</strong>
        <span class="hint">
          {statistics === undefined ? '\u00a0' : counted(statistics.ratings, 'rating')}
        </span>
      </p>
      <svg
        class="ratings-bars"
        viewBox={`0 0 200 ${height + 16}`}
        role="img"
        aria-label={words(bars)}
      >
        {bars.map((value, place) => {
          const length = Math.max(2, (value / most) * height)
          return (
            <rect
              key={halves(place)}
              x={place * 20 + 1.5}
              y={height - length}
              width={17}
              height={length}
              rx={2}
            />
          )
        })}
        {[1, 2, 3, 4, 5].map((stars) => (
          <text key={stars} x={stars * 40 - 10} y={height + 13}>
            {stars}
          </text>
        ))}
      </svg>
      <p class="hint">
        {statistics === undefined
          ? '\u00a0'
          : [counted(statistics.likes, 'like'), counted(statistics.clicks, 'visit')].join(' · ')}
      </p>
    </section>
  )
}

const halves = (place: number): number => (place + 1) / 2

const words = (bars: readonly number[]): string =>
  bars.map((value, place) => `${halves(place)} stars: ${count(value)}`).join(', ') ||
  'Nobody has rated it'
