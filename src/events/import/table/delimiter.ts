/** The delimiters that tables are written with, the likeliest first, and their names in words. */
export const delimiterNames = {
  ',': 'commas',
  '\t': 'tabs',
  ';': 'semicolons',
  '|': 'bars',
} as const

export type Delimiter = keyof typeof delimiterNames

const delimiters: readonly Delimiter[] = [',', '\t', ';', '|']

/**
 * The delimiter that occurs in the header and equally often in the most of the lines below it.
 * Where none occurs there is one column, and any delimiter will do.
 */
export function detectDelimiter(lines: readonly string[]): Delimiter {
  let best: Delimiter = ','
  let bestLineCount = 0
  for (const delimiter of delimiters) {
    const [inHeader = 0, ...below] = lines.map((line) => countOutsideQuotes(line, delimiter))
    const lineCount = inHeader === 0 ? 0 : 1 + below.filter((count) => count === inHeader).length
    if (lineCount > bestLineCount) [best, bestLineCount] = [delimiter, lineCount]
  }
  return best
}

function countOutsideQuotes(line: string, delimiter: Delimiter): number {
  let count = 0
  let isQuoted = false
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted
    else if (character === delimiter && !isQuoted) count++
  }
  return count
}
