import type { Report } from './report.ts'

const height = 12
const widthMax = 72

/**
 * A line per feed over the days, as a share of the oracle, for a terminal. Where lines meet, the
 * later feed of the list is drawn above.
 */
export function textPlot({ feeds, days }: Report): string {
  const drawn = feeds.filter(({ days }) => days.some(({ share }) => share !== null))
  if (drawn.length === 0) return ''
  const width = Math.min(widthMax, Math.max(days, Math.floor(widthMax / days) * days))
  const grid = Array.from({ length: height + 1 }, () => Array<string>(width).fill(' '))
  const top = Math.max(1, ...drawn.flatMap(({ days }) => days.map(({ share }) => share ?? 0)))
  const marks = marksOf(drawn.map(({ feed }) => feed))
  for (const { feed, days: shares } of drawn) {
    for (let column = 0; column < width; column++) {
      const day = Math.min(days - 1, Math.floor((column * days) / width))
      const share = shares[day]!.share
      if (share === null) continue
      grid[height - Math.round((share / top) * height)]![column] = marks.get(feed)!
    }
  }
  const lines = grid.map((row, place) => {
    const share = Math.round(((height - place) / height) * top * 100)
    return `${place % 3 === 0 ? `${share} %`.padStart(6) : '      '} ┤${row.join('').trimEnd()}`
  })
  const legend = drawn.map(({ feed }) => `${marks.get(feed)!} ${feed}`).join('   ')
  const axis = `       └${'─'.repeat(width)}`
  return [...lines, axis, `        day 1 to ${days}, share of the oracle   ${legend}`].join('\n')
}

/** The first letter of each feed's name that no other has taken. */
function marksOf(names: readonly string[]): ReadonlyMap<string, string> {
  const marks = new Map<string, string>()
  for (const name of names) {
    const taken = new Set(marks.values())
    marks.set(name, [...name, ...'0123456789'].find((letter) => !taken.has(letter)) ?? '*')
  }
  return marks
}
