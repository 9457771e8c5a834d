import { invalid, type StarlingError } from '../../../error.ts'

/** A refusal that points to a place in the expression. Columns count characters from 1. */
export function fault(column: number, message: string): StarlingError {
  return invalid('filter', `at column ${column}: ${message}`)
}

const shownLengthMax = 40

/** What the caller wrote, as much of it as a message can show. */
export function clipped(text: string): string {
  return text.length > shownLengthMax ? `${text.slice(0, shownLengthMax)}…` : text
}
