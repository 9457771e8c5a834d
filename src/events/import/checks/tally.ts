import { basename } from 'node:path'
import type { Finding, SeenRow } from './check.ts'

/** Counts the rows of each file that a finding concerns, and keeps the first of their lines. */
export interface Tally {
  add(seen: SeenRow): void
  /** One finding per file where there is something to find, worded by its count. */
  findings(word: (file: FileTally) => Pick<Finding, 'severity' | 'code' | 'message'>): Finding[]
}

export interface FileTally {
  readonly file: string
  readonly lines: readonly number[]
  readonly count: number
}

const linesKept = 5

export function tally(): Tally {
  const files = new Map<string, { lines: number[]; count: number }>()
  return {
    add({ part, row }) {
      const { path } = part.table
      let known = files.get(path)
      if (known === undefined) {
        known = { lines: [], count: 0 }
        files.set(path, known)
      }
      known.count++
      if (known.lines.length < linesKept) known.lines.push(row.line)
    },
    findings(word) {
      return [...files].map(([path, { lines, count }]) => {
        const file = basename(path)
        return { ...word({ file, lines, count }), file, lines, count }
      })
    },
  }
}

/** "1 row", "12 rows", with thousands apart. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
