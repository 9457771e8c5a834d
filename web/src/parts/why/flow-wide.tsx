import type { ComponentChildren } from 'preact'
import type { Flow } from '../../why/flow.ts'
import {
  type Box,
  bar,
  breadth,
  stops,
  type WideLayout,
  wideLayout,
} from '../../why/wide-layout.ts'
import { count, counted, duration } from '../../words/numbers.ts'

/** The stream of a run from left to right. What it says is told in a table beside it. */
export function FlowWide({ flow }: { readonly flow: Flow }) {
  const layout = wideLayout(flow)
  return (
    <svg class="flow flow-wide" viewBox={`0 0 ${breadth} ${layout.height}`} aria-hidden="true">
      <Headings flow={flow} />
      {layout.springs.map((spring) => (
        <Spring key={spring.name} spring={spring} />
      ))}
      <path class="flow-stream" d={layout.stream} />
      {layout.exits.map(({ words, count: rows, path, x, y, anchor }) => (
        <g key={words}>
          <path class="flow-lost" d={path} />
          <text class="flow-drop" x={x} y={y} text-anchor={anchor}>
            {`\u2212${count(rows)} ${words}`}
          </text>
        </g>
      ))}
      {layout.bars.map((box) => (
        <rect key={box.x} class="flow-bar" {...box} />
      ))}
      {layout.gates.map(({ name, words, failure, box }) => (
        <rect
          key={name}
          class={failure === undefined ? 'flow-mixer' : 'flow-mixer flow-failed'}
          {...box}
        >
          <title>{failure ?? words}</title>
        </rect>
      ))}
      {layout.ends.map(({ kind, words, count: rows, path, box }) => (
        <g key={kind} class={`flow-${kind}`}>
          <path class="flow-branch" d={path} />
          <rect class="flow-mouth" {...box} />
          <Label box={box} title={count(rows)} note={words} />
        </g>
      ))}
    </svg>
  )
}

function Headings({ flow }: { readonly flow: Flow }) {
  const { run, sources, rankers, mixers } = flow
  const proposed = sources.reduce((sum, source) => sum + source.count, 0)
  const ms = (stations: readonly { readonly ms: number }[]): string =>
    duration(stations.reduce((sum, station) => sum + station.ms, 0))
  return (
    <>
      <Heading x={stops.sources + bar} anchor="end" title={counted(sources.length, 'source')}>
        {counted(proposed, 'proposal')}
      </Heading>
      <Heading x={stops.pool} title={counted(run.candidateCount, 'candidate')}>
        {counted(flow.filterCount, 'filter')}, {duration(flow.filterMs)}
      </Heading>
      <Heading x={stops.ranker} title={counted(rankers.length, 'ranker')}>
        {ms(rankers)}
      </Heading>
      <Heading x={stops.mixers} title={counted(mixers.length, 'mixer')}>
        {ms(mixers)}
      </Heading>
      <Heading x={stops.slate} title={`List of ${count(run.slateLength)}`}>
        best first
      </Heading>
    </>
  )
}

interface HeadingProps {
  readonly x: number
  readonly title: string
  readonly anchor?: 'end'
  readonly children: ComponentChildren
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

function Spring({ spring }: { readonly spring: WideLayout['springs'][number] }) {
  const { words, count: rows, ms, failure, hue, path, box } = spring
  return (
    <g style={{ '--hue': hue }} text-anchor="end">
      <path class="flow-source" d={path} />
      <rect class="flow-spring" {...box} />
      <text x={box.x - 104} y={box.y + 11}>
        {words}
      </text>
      {failure === undefined ? (
        <text class="flow-note" x={box.x - 12} y={box.y + 11}>
          {`${count(rows)} · ${duration(ms)}`}
        </text>
      ) : (
        <text class="flow-drop" x={box.x - 12} y={box.y + 11}>
          failed
        </text>
      )}
    </g>
  )
}

interface LabelProps {
  readonly box: Box
  readonly title: string
  readonly note: string
}

function Label({ box, title, note }: LabelProps) {
  return (
    <>
      <text class="flow-title" x={box.x + 20} y={box.y + 12}>
        {title}
      </text>
      <text class="flow-note" x={box.x + 20} y={box.y + 30}>
        {note}
      </text>
    </>
  )
}
