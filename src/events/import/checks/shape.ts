import { basename } from 'node:path'
import type { CheckFactory, Finding } from './check.ts'
import { counted, tally } from './tally.ts'

/** Files without rows or without a header, and rows that could not be read. */
export const shape: CheckFactory = ({ parts }) => {
  const faults = {
    'broken quoting': tally(),
    'wrong number of cells': tally(),
    'broken JSON': tally(),
  }
  return {
    see(seen) {
      if (seen.row.fault !== undefined) faults[seen.row.fault.reason].add(seen)
    },
    findings() {
      const findings: Finding[] = []
      for (const { table, survey } of parts) {
        const file = basename(table.path)
        if (survey.rowCount === 0) findings.push(emptyFile(file))
        if (!table.isTyped && looksLikeData(table.columns)) findings.push(headerMissing(file))
      }
      return [
        ...findings,
        ...faults['broken quoting'].findings(({ count }) => ({
          severity: 'error',
          code: 'broken-quoting',
          message:
            `${counted(count, 'row')} with quotes that do not match: a cell that holds a ` +
            'delimiter, a quote or a line break must stand in quotes, its own quotes doubled',
        })),
        ...faults['wrong number of cells'].findings(({ count }) => ({
          severity: 'error',
          code: 'wrong-cell-count',
          message:
            `${counted(count, 'row')} with more or fewer cells than the header: is there a ` +
            'delimiter in a cell without quotes around it?',
        })),
        ...faults['broken JSON'].findings(({ count }) => ({
          severity: 'error',
          code: 'broken-json',
          message: `${counted(count, 'line')} that hold no JSON object`,
        })),
      ]
    },
  }
}

/** True where what should be names of columns are numbers or times. */
export function looksLikeData(columns: readonly string[]): boolean {
  return columns.some((column) => /^-?\d+([.:T -]\d+)*Z?( \(\d+\))?$/.test(column))
}

export function emptyFile(file: string): Finding {
  const message = 'holds no rows'
  return { severity: 'error', code: 'empty-file', message, file, lines: [], count: 0 }
}

export function headerMissing(file: string): Finding {
  const message =
    'the first line looks like data and is read as the header: put a line with the names of ' +
    'the columns above it'
  return { severity: 'error', code: 'header-missing', message, file, lines: [1], count: 1 }
}
