/** Rows as aligned text: the columns that hold numbers to the right. */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  /** From this column on there are numbers. */
  numbersFrom: number,
): string {
  const all = [head, ...rows]
  const widths = head.map((_name, column) => Math.max(...all.map((row) => widthOf(row[column]!))))
  const lines = all.map((row) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat(widths[column]! - widthOf(cell))
        return column < numbersFrom ? cell + space : space + cell
      })
      .join('  ')
      .trimEnd(),
  )
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

/** East Asian letters take two cells of a terminal. */
function widthOf(text: string): number {
  const wide = text.match(/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\uff60]/g)
  return [...text].length + (wide?.length ?? 0)
}
