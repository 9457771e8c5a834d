import { escaped, page } from '../../report/page.ts'
import type { Report } from './report.ts'
import { svgPlot } from './svg-plot.ts'
import { breachLines, columns, verdicts } from './table.ts'

/** The report as one file that needs nothing else: the plot, the table, and what the words mean. */
export function htmlOf(report: Report): string {
  const { world, description, users, items, days, seed, feeds } = report
  const heads = columns.map(
    ({ name, meaning }) => `<th scope="col" title="${escaped(meaning)}">${escaped(name)}</th>`,
  )
  const rows = feeds.map((feed) => {
    const cells = columns.map(({ cell }) => `<td>${escaped(cell(feed))}</td>`)
    return `<tr><th scope="row">${escaped(feed.feed)}</th>${cells.join('')}</tr>`
  })
  const meanings = columns.map(
    ({ name, meaning }) => `<dt>${escaped(name)}</dt><dd>${escaped(meaning)}</dd>`,
  )
  const broken = breachLines(report)
  const breaches =
    broken.length > 0
      ? `<pre>${escaped(broken.join('\n'))}</pre>`
      : '<p>No feed broke a promise.</p>'
  const facts = `${users} users and ${items} items at the start, ${days} days, seed ${seed}`
  return page(
    `Starling in the world ${world}`,
    `<h1>Does it learn? The world “${escaped(world)}”</h1>
<p>${escaped(description)} ${escaped(facts)}.</p>
${verdicts(report)
  .map((verdict) => `<p class="verdict">${escaped(verdict)}</p>`)
  .join('\n')}
<figure>${svgPlot(report)}
<figcaption>Expected clicks that please, as a share of what the oracle reaches on the same day. The
oracle knows every taste. The shaded days are those that count.</figcaption></figure>
<div class="wide"><table><thead><tr><th scope="col">feed</th>${heads.join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>
${breaches}
<h2>What the columns say</h2>
<dl>${meanings.join('\n')}</dl>`,
  )
}
