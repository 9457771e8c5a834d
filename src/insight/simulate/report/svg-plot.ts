import { escaped } from '../../report/page.ts'
import type { Report } from './report.ts'

/** Colours that stay apart on light and dark ground, and for most who see few (Okabe, Ito 2008). */
const colours: Readonly<Record<string, string>> = {
  oracle: '#8a8f98',
  starling: '#0a84c6',
  popularity: '#d55e00',
  random: '#b07aa1',
}
const otherColours = ['#009e73', '#cc79a7', '#c79a00', '#56b4e9']

const width = 760
const height = 400
const area = { left: 64, right: 640, top: 24, bottom: 340 }

/** A picture that stands alone: a line per feed over the days, as a share of the oracle. */
export function svgPlot(report: Report): string {
  const { feeds, days, lastFrom } = report
  const drawn = feeds.filter(({ days }) => days.some(({ share }) => share !== null))
  const top = Math.max(1, ...drawn.flatMap(({ days }) => days.map(({ share }) => share ?? 0)))
  const x = (day: number): number =>
    area.left + ((area.right - area.left) * day) / Math.max(1, days - 1)
  const y = (share: number): number => area.bottom - ((area.bottom - area.top) * share) / top
  const at = (value: number): string => value.toFixed(1)

  const grid = Array.from({ length: Math.floor(top * 5) + 1 }, (_, step) => step / 5).map(
    (share) =>
      `<line class="grid" x1="${area.left}" x2="${area.right}" y1="${at(y(share))}" ` +
      `y2="${at(y(share))}"/><text x="${area.left - 10}" y="${at(y(share) + 4)}" ` +
      `text-anchor="end">${Math.round(share * 100)} %</text>`,
  )
  const every = Math.max(1, Math.ceil(days / 10))
  const dayLabels = Array.from({ length: days }, (_, day) => day)
    .filter((day) => day % every === 0 || day === days - 1)
    .filter((day) => day === days - 1 || days - 1 - day >= every / 2)
    .map(
      (day) =>
        `<text x="${at(x(day))}" y="${area.bottom + 22}" text-anchor="middle">${day + 1}</text>`,
    )
  const labelY = spreadOut(drawn.map(({ days }) => y(days.at(-1)!.share ?? 0)))
  const lines = drawn.map(({ feed, days: shares }, place) => {
    const colour = colours[feed] ?? otherColours[place % otherColours.length]!
    const points = shares.flatMap(({ share }, day) =>
      share === null ? [] : [`${at(x(day))},${at(y(share))}`],
    )
    const dash = feed === 'oracle' ? ' stroke-dasharray="6 5"' : ''
    // The oracle is the measure: its line is straight, and needs no dots.
    const dots =
      feed === 'oracle'
        ? []
        : points.map((point) => {
            const [cx, cy] = point.split(',')
            return `<circle cx="${cx}" cy="${cy}" r="2.6" fill="${colour}"/>`
          })
    return (
      `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" ` +
      `stroke-width="2.4" stroke-linejoin="round"${dash}/>${dots.join('')}` +
      `<text x="${area.right + 12}" y="${at(labelY[place]! + 4)}" ` +
      `style="fill: ${colour}; font-weight: 600">${escaped(feed)}</text>`
    )
  })
  const last =
    `<rect class="last" x="${at(x(lastFrom))}" y="${area.top}" ` +
    `width="${at(area.right - x(lastFrom))}" height="${area.bottom - area.top}"/>`
  const centre = (area.left + area.right) / 2
  const title = `${report.world}: what each feed is worth, day by day, as a share of the oracle`
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(title)}</title>
<style>${style}</style>
<rect class="ground" width="${width}" height="${height}" rx="10"/>
${last}
${grid.join('\n')}
${dayLabels.join('\n')}
<text x="${centre}" y="${height - 14}" text-anchor="middle">simulated day</text>
<text transform="rotate(-90 16 ${(area.top + area.bottom) / 2})" x="16" ` +
    `y="${(area.top + area.bottom) / 2}" text-anchor="middle">share of the oracle</text>
${lines.join('\n')}
</svg>`
  )
}

const style = `
.ground { fill: #ffffff } .grid { stroke: #e3e6ea } .last { fill: #0a84c6; opacity: .06 }
text { font: 13px system-ui, sans-serif; fill: #57606a }
@media (prefers-color-scheme: dark) {
  .ground { fill: #14181d } .grid { stroke: #2a3038 } text { fill: #a3acb8 }
  .last { opacity: .12 }
}`

const lineHeight = 18

/** Moves labels apart that would stand on each other, and keeps their order. */
function spreadOut(places: readonly number[]): readonly number[] {
  const order = places.map((_, place) => place).sort((a, b) => places[a]! - places[b]!)
  const moved = [...places]
  for (const [rank, place] of order.entries()) {
    const above = order[rank - 1]
    if (above !== undefined) moved[place] = Math.max(moved[place]!, moved[above]! + lineHeight)
  }
  return moved
}
