import type { End, Flow } from '../../why/flow.ts'
import { ribbon, type Section } from '../../why/ribbon.ts'
import { count, counted, duration } from '../../words/numbers.ts'

const breadth = 350
const row = 44
const left = 6
/** The stream is so wide where it is widest. */
const streamMax = 96
const labels = 138

/** One line of the picture: what joins the stream or leaves it, and how much flows on below. */
interface Bend {
  readonly key: string
  readonly kind: 'joins' | 'leaves' | 'gate' | End['kind']
  readonly title: string
  readonly note: string
  readonly rows: number
  readonly below: number
  readonly hue?: number
}

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

function bendsOf(flow: Flow): readonly Bend[] {
  const { run, sources, exits, rankers, mixers, tooLow, ends } = flow
  const proposed = sources.reduce((sum, source) => sum + source.count, 0)
  let flowing = 0
  const joining = sources.map((source): Bend => {
    // What several propose is one candidate: the stream grows by each one's part of them all.
    flowing += proposed === 0 ? 0 : (source.count / proposed) * run.candidateCount
    const note = source.failure ?? `${count(source.count)} proposed, ${duration(source.ms)}`
    const { name: key, words: title, count: rows, hue } = source
    return { key, kind: 'joins', title, note, rows, below: flowing, hue }
  })
  let left = run.candidateCount
  const leaving = exits.map(({ words, count: rows }): Bend => {
    left -= rows
    const title = `\u2212${count(rows)}`
    return { key: words, kind: 'leaves', title, note: words, rows, below: left }
  })
  const gate = (key: string, title: string, note: string, below: number): Bend => {
    return { key, kind: 'gate', title, note, rows: 0, below }
  }
  const filters = `${counted(flow.filterCount, 'filter')}, ${duration(flow.filterMs)}`
  return [
    ...joining,
    gate('pool', counted(run.candidateCount, 'candidate'), filters, run.candidateCount),
    ...leaving,
    ...rankers.map(({ name, ms, failure }) =>
      gate(`rank ${name}`, 'Ranker', failure ?? `${name}, ${duration(ms)}`, run.rankedCount),
    ),
    ...mixers.map(({ name, words, ms, failure }) =>
      gate(`mix ${name}`, words, failure ?? `${name}, ${duration(ms)}`, run.rankedCount),
    ),
    ...(tooLow > 0
      ? [
          {
            ...({ key: 'low', kind: 'leaves', title: `\u2212${count(tooLow)}` } as const),
            ...{ note: 'ranked too low', rows: tooLow, below: run.slateLength },
          },
        ]
      : []),
    ...ends.map(({ kind, words: note, count: rows }, place): Bend => {
      const below = ends.slice(place + 1).reduce((sum, end) => sum + end.count, 0)
      return { key: kind, kind, title: count(rows), note, rows, below }
    }),
  ]
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
