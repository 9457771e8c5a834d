import type { Report } from './report.ts'
import { escaped, svgPlot } from './svg-plot.ts'
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
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Starling in the world ${escaped(world)}</title>
<style>${style}</style>
<main>
<h1>Does it learn? The world “${escaped(world)}”</h1>
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
<dl>${meanings.join('\n')}</dl>
</main>
</html>
`
}

const style = `
:root { color-scheme: light dark; --ground: #f6f7f9; --card: #fff; --ink: #1c2128; --soft: #57606a;
  --line: #e3e6ea }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1014; --card: #14181d; --ink: #e6eaf0;
  --soft: #a3acb8; --line: #2a3038 } }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, sans-serif }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem }
h1 { font-size: 1.6rem; margin: 0 0 .5rem } h2 { font-size: 1.1rem; margin-top: 2.5rem }
.verdict { font-size: 1.15rem; font-weight: 600 }
figure { margin: 1.5rem 0 } svg { width: 100%; height: auto }
figcaption, dd { color: var(--soft) }
.wide { overflow-x: auto; background: var(--card); border-radius: 10px }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { padding: .55rem .7rem; border-bottom: 1px solid var(--line); text-align: right;
  white-space: nowrap; font-size: .92rem }
th:first-child { text-align: left } thead th { color: var(--soft); font-weight: 500 }
tr:last-child > * { border-bottom: 0 }
dt { font-weight: 600 } dd { margin: 0 0 .6rem }
pre { overflow-x: auto; background: var(--card); padding: 1rem; border-radius: 10px }`
