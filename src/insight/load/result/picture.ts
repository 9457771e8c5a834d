import { escaped } from '../../report/page.ts'
import { described } from './described.ts'
import type { LoadResult, SecondRow } from './load-result.ts'
import { p99MsMax } from './load-result.ts'

/** A load as one file that needs nothing else: latency over time, and all that was counted. */
export function loadPicture(result: LoadResult): string {
  const { feedsPerSecond, eventsPerSecond } = result
  const title = `${feedsPerSecond.toFixed(0)} feeds/s and ${eventsPerSecond.toFixed(0)} events/s`
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Starling under load: ${title}</title>
<style>${pageStyle}</style>
<main>
<h1>Under load: ${title}</h1>
<figure>${latencyPlot(result.perSecond)}
<figcaption>Latency from the moment a request was meant to be sent, by the second of its answer,
warming up included; the dashed line is the bound of ${p99MsMax} ms.</figcaption></figure>
<pre>${escaped(described(result))}</pre>
</main>
</html>
`
}

const width = 760
const height = 340
const area = { left: 64, right: 640, top: 24, bottom: 300 }

interface Line {
  readonly name: string
  readonly colour: string
  readonly of: (row: SecondRow) => number
}

/** Colours that stay apart on light and dark ground, and for most who see few (Okabe, Ito 2008). */
const lines: readonly Line[] = [
  { name: 'feeds, max', colour: '#8a8f98', of: ({ maxMs }) => maxMs },
  { name: 'feeds, p99', colour: '#d55e00', of: ({ p99Ms }) => p99Ms },
  { name: 'reports, p99', colour: '#009e73', of: ({ reportsP99Ms }) => reportsP99Ms },
  { name: 'feeds, p50', colour: '#0a84c6', of: ({ p50Ms }) => p50Ms },
]

/** Latencies over seconds, on a scale of powers of ten. */
function latencyPlot(rows: readonly SecondRow[]): string {
  const most = Math.max(p99MsMax, ...rows.flatMap((row) => lines.map(({ of }) => of(row))))
  const decades = Math.ceil(Math.log10(most))
  const x = (second: number): number =>
    area.left + ((area.right - area.left) * second) / Math.max(1, rows.length - 1)
  const y = (ms: number): number =>
    area.bottom - ((area.bottom - area.top) * Math.log10(Math.max(1, ms))) / decades
  const grid = Array.from({ length: decades + 1 }, (_, decade) => {
    const at = y(10 ** decade).toFixed(1)
    return (
      `<line class="grid" x1="${area.left}" x2="${area.right}" y1="${at}" y2="${at}"/>` +
      `<text x="${area.left - 8}" y="${at}" dy="4" text-anchor="end">${spelt(10 ** decade)}</text>`
    )
  })
  const every = Math.max(1, Math.ceil(rows.length / 10))
  const seconds = rows.flatMap((_, second) =>
    second % every === 0
      ? [`<text x="${x(second).toFixed(1)}" y="320" text-anchor="middle">${second + 1} s</text>`]
      : [],
  )
  const drawn = lines.map(({ name, colour, of }, place) => {
    const points = rows.map((row, second) => `${x(second).toFixed(1)},${y(of(row)).toFixed(1)}`)
    return (
      `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>` +
      `<text x="${area.right + 12}" y="${area.top + 24 * (place + 1)}" ` +
      `style="fill: ${colour}; font-weight: 600">${name}</text>`
    )
  })
  const bound = y(p99MsMax).toFixed(1)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>Latency over time</title>
<style>${plotStyle}</style>
<rect class="ground" width="${width}" height="${height}" rx="10"/>
${[...grid, ...seconds].join('\n')}
<line class="bound" x1="${area.left}" x2="${area.right}" y1="${bound}" y2="${bound}"/>
${drawn.join('\n')}
</svg>`
}

function spelt(ms: number): string {
  return ms >= 1_000 ? `${ms / 1_000} s` : `${ms} ms`
}

const plotStyle = `
.ground { fill: #ffffff } .grid { stroke: #e3e6ea }
.bound { stroke: #57606a; stroke-dasharray: 6 5 }
text { font: 13px system-ui, sans-serif; fill: #57606a }
@media (prefers-color-scheme: dark) {
  .ground { fill: #14181d } .grid { stroke: #2a3038 } text { fill: #a3acb8 }
}`

const pageStyle = `
:root { color-scheme: light dark; --ground: #f6f7f9; --card: #fff; --ink: #1c2128; --soft: #57606a }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1014; --card: #14181d; --ink: #e6eaf0;
  --soft: #a3acb8 } }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, sans-serif }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem }
h1 { font-size: 1.6rem; margin: 0 0 .5rem }
figure { margin: 1.5rem 0 } svg { width: 100%; height: auto } figcaption { color: var(--soft) }
pre { overflow-x: auto; background: var(--card); padding: 1rem; border-radius: 10px }`
