import { meanOf } from '../../chart/series.ts'
import { Sparkline } from '../../chart/sparkline.tsx'
import { HowToFill } from '../../parts/how-to-fill.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { paths } from '../../route/place.ts'
import { useConsole } from '../../state/console.ts'
import type { Known } from '../../state/live.ts'
import { absent, inUnit, span, whole } from '../../words/units.ts'
import { type NumbersKnown, type NumbersWanted, useNumbers } from './use-numbers.ts'

interface Tile {
  readonly measure: string
  readonly name: string
  /** Per second over the last minute; else one number over the whole span. */
  readonly isRate?: boolean
}

const tiles: readonly Tile[] = [
  { measure: 'pages', name: 'Feeds', isRate: true },
  { measure: 'actions', name: 'Events', isRate: true },
  { measure: 'ctr', name: 'Click-through' },
  { measure: 'users', name: 'Active users' },
  { measure: 'queue_share', name: 'From the queue' },
  { measure: 'freshness_p95', name: 'Freshness p95' },
  { measure: 'latency_p95', name: 'Stage p95' },
]

const measures = tiles.map(({ measure }) => measure)

/** What the tiles show over time, and what a chart beside them does: one question for all. */
export const overallMeasures: readonly string[] = [...measures, 'freshness_p50']
const rateMs = 60_000

interface TilesProps extends Omit<NumbersWanted, 'measures' | 'by'> {
  readonly steps: Known<NumbersKnown>
}

/** The engine in a few numbers, each with how it came to be so. */
export function Tiles({ lastMs, stepMs, everyMs, steps }: TilesProps) {
  const totals = useNumbers('tiles', { measures, lastMs, everyMs: everyMs * 2 })
  const failure = steps.failure ?? totals.failure
  const known = steps.answer
  return (
    <>
      {failure !== undefined && <Trouble failure={failure} isStale={known !== undefined} />}
      {known !== undefined && known.answer.rows.length === 0 && (
        <div class="empty">
          <HowToFill />
        </div>
      )}
      <ul class="tiles">
        {tiles.map((tile) => {
          const isMeasured = known?.measures.some(({ name }) => name === tile.measure) ?? true
          if (!isMeasured) return null
          const values = known?.linesOf(tile.measure).lines[0]?.values ?? []
          const total = totals.answer?.total(tile.measure)
          return (
            <li key={tile.measure}>
              <a class="tile" href={paths.metrics({ measures: [tile.measure], span: { lastMs } })}>
                <span class="tile-name">{tile.name}</span>
                <span class="tile-value">
                  {known === undefined ? absent : wordsOf(tile, known, values, stepMs ?? 1, total)}
                </span>
                <span class="tile-note">
                  {tile.isRate ? 'per second, last minute' : `last ${span(lastMs)}`}
                </span>
                <Sparkline values={values} />
              </a>
            </li>
          )
        })}
        <LagTile />
      </ul>
    </>
  )
}

/** The one that is furthest behind. */
function LagTile() {
  const points = useConsole().trail.points.value
  const worst = points.map(({ streams }) =>
    Math.max(0, ...[...streams.values()].map(({ lag }) => lag)),
  )
  const last = worst.at(-1)
  return (
    <li>
      <a class="tile" href={paths.streams}>
        <span class="tile-name">Lag</span>
        <span class="tile-value">{last === undefined ? absent : whole(last)}</span>
        <span class="tile-note">events, furthest behind</span>
        <Sparkline values={worst} />
      </a>
    </li>
  )
}

function wordsOf(
  { measure, isRate = false }: Tile,
  known: NumbersKnown,
  values: readonly (number | null)[],
  stepMs: number,
  total: number | undefined,
): string {
  if (!isRate) return inUnit(total, known.unitOf(measure))
  const recent = meanOf(values.slice(-Math.max(1, Math.round(rateMs / stepMs))))
  return recent === undefined ? absent : inUnit((recent / stepMs) * 1_000, 'number')
}
