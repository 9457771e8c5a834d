import type { End, Flow } from '../../why/flow.ts'
import { ribbon } from '../../why/ribbon.ts'
import { count, counted, duration } from '../../words/numbers.ts'

// Places of the stations, in the units of the picture: it is 1160 wide.
const breadth = 1160
const head = 64
const x = { sources: 272, pool: 420, ranker: 640, mixers: 730, slate: 890, ends: 1000 }
const bar = 10
/** The stream is so wide where it is widest. */
const streamMax = 190
const gap = 8
const slotMin = 24

/** The stream of a run from left to right. What it says is told in a table beside it. */
export function FlowWide({ flow }: { readonly flow: Flow }) {
  const { run, sources, exits, rankers, mixers, tooLow } = flow
  const proposed = sources.reduce((sum, source) => sum + source.count, 0)
  const scale = streamMax / Math.max(proposed, run.candidateCount, 1)
  const wide = (rows: number): number => (rows > 0 ? Math.max(2, rows * scale) : 0)
  const slots = stacked(sources.map((source) => Math.max(slotMin, wide(source.count)) + gap))
  const endSlots = stacked(flow.ends.map((end) => Math.max(42, wide(end.count)) + gap))
  const pool = wide(run.candidateCount)
  const ranked = wide(run.rankedCount)
  const slate = wide(run.slateLength)
  const leaving = [...exits, ...(tooLow > 0 ? [{ words: 'ranked too low', count: tooLow }] : [])]
  const tallest = Math.max(slots.total, endSlots.total, pool)
  // The stream runs in the middle of what flows into it and out of it.
  const top = head + (tallest - pool) / 2
  const first = head + (tallest - slots.total) / 2
  const last = head + (tallest - endSlots.total) / 2
  const bottom = Math.max(head + tallest, top + pool + 26 * exits.length + 48)
  return (
    <svg class="flow flow-wide" viewBox={`0 0 ${breadth} ${bottom + 12}`} aria-hidden="true">
      <Heading x={x.sources + bar} anchor="end" title={counted(sources.length, 'source')}>
        {count(proposed)} proposals
      </Heading>
      <Heading x={x.pool} title={counted(run.candidateCount, 'candidate')}>
        {counted(flow.filterCount, 'filter')}, {duration(flow.filterMs)}
      </Heading>
      <Heading x={x.ranker} title="Ranker">
        {duration(rankers.reduce((sum, { ms }) => sum + ms, 0))}
      </Heading>
      <Heading x={x.mixers} title={counted(mixers.length, 'mixer')}>
        {duration(mixers.reduce((sum, { ms }) => sum + ms, 0))}
      </Heading>
      <Heading x={x.slate} title={`List of ${count(run.slateLength)}`}>
        best first
      </Heading>
      {sources.map((source, place) => {
        const y = first + (slots.starts[place] ?? 0)
        const share = proposed === 0 ? 0 : pool / proposed
        const before = sources.slice(0, place).reduce((sum, other) => sum + other.count, 0)
        return (
          <g key={source.name} style={{ '--hue': source.hue }}>
            <path
              class="flow-source"
              d={ribbon(
                [
                  { at: x.sources + bar, from: y, to: y + wide(source.count) },
                  {
                    at: x.pool,
                    from: top + before * share,
                    to: top + (before + source.count) * share,
                  },
                ],
                'sideways',
              )}
            />
            <rect class="flow-spring" x={x.sources} y={y} width={bar} height={wide(source.count)} />
            <text x={x.sources - 104} y={y + 11} text-anchor="end">
              {source.words}
            </text>
            <text class={sideNote(source.failure)} x={x.sources - 12} y={y + 11} text-anchor="end">
              {source.failure === undefined
                ? `${count(source.count)} · ${duration(source.ms)}`
                : 'failed'}
            </text>
          </g>
        )
      })}
      <path
        class="flow-stream"
        d={ribbon(
          [
            { at: x.pool, from: top, to: top + pool },
            { at: x.ranker, from: top, to: top + ranked },
            { at: x.mixers + 120, from: top, to: top + ranked },
            { at: x.slate, from: top, to: top + slate },
          ],
          'sideways',
        )}
      />
      {leaving.map((exit, place) => (
        <Leaving key={exit.words} {...exitAt(flow, place, wide, top)} words={exit.words} />
      ))}
      <rect class="flow-bar" x={x.pool} y={top} width={bar} height={pool} />
      <rect class="flow-bar" x={x.ranker} y={top - 6} width={bar} height={ranked + 12} />
      {mixers.map(({ name, failure }, place) => (
        <rect
          key={name}
          class={failure === undefined ? 'flow-mixer' : 'flow-mixer flow-failed'}
          x={x.mixers + 14 + place * 26}
          y={top - 4}
          width={4}
          height={ranked + 8}
        />
      ))}
      <rect class="flow-bar" x={x.slate} y={top} width={bar} height={slate} />
      {flow.ends.map((end, place) => (
        <Ending
          key={end.kind}
          end={end}
          from={flow.ends.slice(0, place).reduce((sum, other) => sum + other.count, 0) * scale}
          top={top}
          y={last + (endSlots.starts[place] ?? 0)}
          scale={scale}
        />
      ))}
    </svg>
  )
}

interface HeadingProps {
  readonly x: number
  readonly title: string
  readonly anchor?: 'end'
  readonly children: preact.ComponentChildren
}

function Heading({ x, title, anchor, children }: HeadingProps) {
  return (
    <g text-anchor={anchor ?? 'start'}>
      <text class="flow-title" x={x} y={20}>
        {title}
      </text>
      <text class="flow-note" x={x} y={39}>
        {children}
      </text>
    </g>
  )
}

/** Where a band leaves the stream: filters one after the other, what ranked too low at the list. */
function exitAt(flow: Flow, place: number, wide: (rows: number) => number, top: number) {
  const { exits, run, tooLow } = flow
  const exit = exits[place]
  if (exit === undefined) {
    const from = top + wide(run.slateLength)
    return {
      x: x.mixers + 120,
      from,
      to: from + wide(tooLow),
      depth: 34,
      count: tooLow,
      isLast: true,
    }
  }
  const before = exits.slice(0, place).reduce((sum, { count }) => sum + count, 0)
  const to = top + wide(run.candidateCount - before)
  const step = (x.ranker - x.pool - 90) / Math.max(1, exits.length)
  const from = to - wide(exit.count)
  return {
    x: x.pool + 14 + place * step,
    from,
    to,
    depth: 26 * (exits.length - place),
    count: exit.count,
  }
}

interface LeavingProps {
  readonly x: number
  readonly from: number
  readonly to: number
  readonly depth: number
  readonly count: number
  readonly words: string
  /** Whether its words stand left of it: right of it the list begins. */
  readonly isLast?: boolean
}

const mouthMax = 22

function Leaving({ x, from, to, depth, count: rows, words, isLast = false }: LeavingProps) {
  const end = to + depth
  const width = Math.min(mouthMax, to - from)
  return (
    <g>
      <path
        class="flow-lost"
        d={ribbon(
          [
            { at: x, from, to },
            { at: x + 34, from: end - width / 2, to: end + width / 2 },
          ],
          'sideways',
        )}
      />
      <text
        class="flow-drop"
        x={isLast ? x + 16 : x + 40}
        y={isLast ? end + 12 : end + 4}
        text-anchor={isLast ? 'end' : 'start'}
      >
        {`\u2212${count(rows)} ${words}`}
      </text>
    </g>
  )
}

interface EndingProps {
  readonly end: End
  readonly top: number
  readonly from: number
  readonly y: number
  readonly scale: number
}

function Ending({ end, top, from, y, scale }: EndingProps) {
  const width = Math.max(2, end.count * scale)
  return (
    <g class={`flow-end flow-${end.kind}`}>
      <path
        class="flow-branch"
        d={ribbon(
          [
            { at: x.slate + bar, from: top + from, to: top + from + end.count * scale },
            { at: x.ends, from: y, to: y + width },
          ],
          'sideways',
        )}
      />
      <rect class="flow-mouth" x={x.ends} y={y} width={bar} height={width} />
      <text class="flow-title" x={x.ends + 20} y={y + 12}>
        {count(end.count)}
      </text>
      <text class="flow-note" x={x.ends + 20} y={y + 30}>
        {end.words}
      </text>
    </g>
  )
}

const sideNote = (failure: string | undefined): string =>
  failure === undefined ? 'flow-note' : 'flow-drop'

/** Where each of some lengths begins when they are put one after the other. */
function stacked(lengths: readonly number[]): {
  readonly starts: readonly number[]
  readonly total: number
} {
  let total = 0
  const starts = lengths.map((length) => {
    total += length
    return total - length
  })
  return { starts, total }
}
