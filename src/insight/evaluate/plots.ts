import type { EvaluatedModel, Figure } from '../../models/contenders/evaluation.ts'
import { escaped } from '../report/page.ts'

/** Colours that stay apart on light and dark ground, and for most who see few (Okabe, Ito 2008). */
const colours = [
  ...['#0a84c6', '#d55e00', '#009e73', '#cc79a7', '#c79a00', '#56b4e9', '#b07aa1', '#6a51a3'],
]
const plain = '#8a8f98'

const width = 760
const left = 190
const right = 640

/** The same colour for a model in all pictures; those by chance alone are grey. */
export function colourOf(models: readonly EvaluatedModel[], place: number): string {
  return models[place]!.model === 'random' ? plain : colours[place % colours.length]!
}

/** One metric of all models: the figure as a point, its interval as a line. */
export function intervalPlot(models: readonly EvaluatedModel[], metric: string): string {
  const found = models.map(({ figures }) => figures.find((figure) => figure.metric === metric))
  const ends = found.flatMap((figure) => (figure ? [figure.low ?? 0, figure.high ?? 0] : []))
  // From 0, so that lengths can be compared; unless all lie close together and far from it.
  const most = Math.max(...ends)
  const least = Math.min(...ends) > 0.6 * most ? Math.min(...ends) : 0
  const top = most > least ? most : least + 1
  const x = (value: number): number => left + ((right - left) * (value - least)) / (top - least)
  const height = 60 + 30 * models.length
  const rows = models.map(({ model }, place) => {
    const y = 40 + 30 * place
    const colour = colourOf(models, place)
    const name = `<text x="${left - 14}" y="${y + 4}" text-anchor="end">${escaped(model)}</text>`
    return `${name}${pointOf(found[place], x, y, colour)}`
  })
  const axis = ticks(least, top).map(
    (value) =>
      `<line class="grid" x1="${at(x(value))}" x2="${at(x(value))}" y1="22" ` +
      `y2="${height - 30}"/><text x="${at(x(value))}" y="${height - 10}" ` +
      `text-anchor="middle">${spelled(value)}</text>`,
  )
  return svg(height, `${metric} of each model, with its interval`, [...axis, ...rows])
}

function pointOf(
  figure: Figure | undefined,
  x: (value: number) => number,
  y: number,
  colour: string,
): string {
  if (figure === undefined) return ''
  const { value, low, high } = figure
  const interval =
    low === null || high === null
      ? ''
      : `<line x1="${at(x(low))}" x2="${at(x(high))}" y1="${y}" y2="${y}" stroke="${colour}" ` +
        'stroke-width="6" stroke-linecap="round" opacity=".35"/>'
  const label = `<text x="${right + 14}" y="${y + 4}">${spelled(value)}</text>`
  return `${interval}<circle cx="${at(x(value))}" cy="${y}" r="5" fill="${colour}"/>${label}`
}

interface Line {
  readonly name: string
  readonly colour: string
  readonly points: readonly (readonly [x: number, y: number])[]
}

/** The recall at growing lengths of the list; lengths by magnitude. */
export function recallPlot(models: readonly EvaluatedModel[]): string {
  const lines = models.map(
    ({ model, curve = [] }, place): Line => ({
      ...{ name: model, colour: colourOf(models, place) },
      points: curve.map(({ k, recall }) => [Math.log10(k), recall] as const),
    }),
  )
  const top = Math.max(1e-9, ...lines.flatMap(({ points }) => points.map(([, y]) => y)))
  const marks = [1, 2, 5, 10, 20, 50, 100].map((k) => [Math.log10(k), String(k)] as const)
  return linePlot('the share found in lists of growing length', lines, {
    xMax: 2,
    yMax: top,
    marks,
  })
}

/** What was foretold and what came: models whose lines lie on the diagonal are calibrated. */
export function reliabilityPlot(models: readonly EvaluatedModel[]): string {
  const lines = models.flatMap(({ model, reliability }, place): Line[] =>
    reliability === undefined
      ? []
      : [
          {
            ...{ name: model, colour: colourOf(models, place) },
            points: reliability.map(({ foretold, observed }) => [foretold, observed] as const),
          },
        ],
  )
  const diagonal: Line = {
    name: '',
    colour: plain,
    points: [
      [0, 0],
      [1, 1],
    ],
  }
  const marks = [0, 0.2, 0.4, 0.6, 0.8, 1].map((share) => [share, String(share)] as const)
  const title = 'how often it came, by the chance that was foretold'
  return linePlot(title, [diagonal, ...lines], { xMax: 1, yMax: 1, marks })
}

function linePlot(
  title: string,
  lines: readonly Line[],
  axes: { xMax: number; yMax: number; marks: readonly (readonly [number, string])[] },
): string {
  const [start, end, top, bottom] = [64, 600, 24, 320]
  const x = (value: number): number => start + ((end - start) * value) / axes.xMax
  const y = (value: number): number => bottom - ((bottom - top) * value) / axes.yMax
  const grid = ticks(0, axes.yMax).map(
    (value) =>
      `<line class="grid" x1="${start}" x2="${end}" y1="${at(y(value))}" y2="${at(y(value))}"/>` +
      `<text x="${start - 10}" y="${at(y(value) + 4)}" text-anchor="end">${spelled(value)}</text>`,
  )
  const marks = axes.marks.map(
    ([value, text]) =>
      `<text x="${at(x(value))}" y="${bottom + 20}" text-anchor="middle">${text}</text>`,
  )
  const drawn = lines.map(({ colour, points, name }) => {
    const path = points.map(([px, py]) => `${at(x(px))},${at(y(py))}`).join(' ')
    const dash = name === '' ? ' stroke-dasharray="6 5"' : ''
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2.2"${dash}/>`
  })
  const legend = lines
    .filter(({ name }) => name !== '')
    .map(
      ({ name, colour }, place) =>
        `<text x="${end + 16}" y="${top + 12 + 20 * place}" ` +
        `style="fill: ${colour}; font-weight: 600">${escaped(name)}</text>`,
    )
  return svg(350, title, [...grid, ...marks, ...drawn, ...legend])
}

/** Four to eight round numbers between two. */
function ticks(low: number, high: number): readonly number[] {
  const rough = (high - low) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough)!
  const first = Math.ceil(low / step - 1e-9)
  const count = Math.floor(high / step + 1e-9) - first + 1
  return Array.from({ length: count }, (_, index) => (first + index) * step)
}

const at = (value: number): string => value.toFixed(1)
const spelled = (value: number): string => String(Number(value.toPrecision(3)))

function svg(height: number, title: string, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(title)}</title>
<style>${style}</style>
<rect class="ground" width="${width}" height="${height}" rx="10"/>
${parts.join('\n')}
</svg>`
}

const style = `
.ground { fill: #ffffff } .grid { stroke: #e3e6ea }
text { font: 13px system-ui, sans-serif; fill: #57606a }
@media (prefers-color-scheme: dark) {
  .ground { fill: #14181d } .grid { stroke: #2a3038 } text { fill: #a3acb8 }
}`
