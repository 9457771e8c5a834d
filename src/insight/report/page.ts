/** A report as one file that needs nothing else: what all reports look like. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
<main>
${body}
</main>
</html>
`
}

/** Rows of which the first names the columns, and the first cell of each names the row. */
export function tableHtml([head, ...rows]: readonly (readonly string[])[]): string {
  const heads = head!.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('')
  const lines = rows.map(([name, ...cells]) => {
    const rest = cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')
    return `<tr><th scope="row">${escaped(name!)}</th>${rest}</tr>`
  })
  return `<div class="wide"><table><thead><tr>${heads}</tr></thead>
<tbody>${lines.join('\n')}</tbody></table></div>`
}

export function escaped(text: string): string {
  const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' } as const
  return text.replace(/[&<>"]/g, (mark) => entities[mark as keyof typeof entities])
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
