import { type Bend, bendsOf } from '../../why/bends.ts'
import type { Flow } from '../../why/flow.ts'
import { ribbon, type Section } from '../../why/ribbon.ts'

const breadth = 350
const row = 44
const left = 6
/** The stream is so wide where it is widest. */
const streamMax = 96
const labels = 138

/** The stream of a run from top to bottom, for narrow windows. */
export function FlowTall({ flow }: { readonly flow: Flow }) {
  const bends = bendsOf(flow)
  const most = Math.max(...bends.map(({ below }) => below), 1)
  const scale = streamMax / most
  const wide = (rows: number): number => (rows > 0 ? Math.max(2, rows * scale) : 0)
  const sections = bends.flatMap(({ below }, place): Section[] => {
    const width = wide(below)
    return [
      { at: (place + 0.75) * row, from: left, to: left + width },
      { at: (place + 1.1) * row, from: left, to: left + width },
    ]
  })
  return (
    <svg
      class="flow flow-tall"
      viewBox={`0 0 ${breadth} ${bends.length * row + 8}`}
      aria-hidden="true"
    >
      <path class="flow-stream" d={ribbon(sections, 'downwards')} />
      {bends.map((bend, place) => (
        <BendRow
          key={bend.key}
          bend={bend}
          y={place * row}
          above={left + wide(bends[place - 1]?.below ?? 0)}
          below={left + wide(bend.below)}
          width={Math.min(14, wide(bend.rows))}
        />
      ))}
    </svg>
  )
}

interface BendRowProps {
  readonly bend: Bend
  readonly y: number
  readonly above: number
  readonly below: number
  readonly width: number
}

function BendRow({ bend, y, above, below, width }: BendRowProps) {
  const { kind, title, note, hue } = bend
  const middle = y + 18
  const joins = kind === 'joins'
  const leaves = !joins && kind !== 'gate'
  return (
    <g class={`flow-${kind}`} style={hue === undefined ? undefined : { '--hue': hue }}>
      {joins && (
        <path
          class="flow-source"
          d={ribbon(
            [
              { at: labels - 8, from: middle - width / 2, to: middle + width / 2 },
              { at: below - 3, from: y + 30 - width / 2, to: y + 30 + width / 2 },
            ],
            'sideways',
          )}
        />
      )}
      {joins && <circle class="flow-spring" cx={labels - 8} cy={middle} r="6" />}
      {leaves && (
        <path
          class={kind === 'leaves' ? 'flow-lost' : 'flow-branch'}
          d={ribbon(
            [
              { at: above - 3, from: y + 8 - width / 2, to: y + 8 + width / 2 },
              { at: labels - 8, from: middle - width / 2, to: middle + width / 2 },
            ],
            'sideways',
          )}
        />
      )}
      {kind === 'gate' && (
        <rect
          class="flow-bar"
          x={left - 4}
          y={middle - 3}
          width={labels - left - 12}
          height="6"
          rx="3"
        />
      )}
      {kind === 'page' && <circle class="flow-mouth" cx={labels - 8} cy={middle} r="8" />}
      <text class="flow-title" x={labels + 6} y={middle - 1}>
        {title}
      </text>
      <text class="flow-note" x={labels + 6} y={middle + 15}>
        {note}
      </text>
    </g>
  )
}
