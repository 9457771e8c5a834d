import type { Json } from '../../events/event.ts'

/** A value in a table of the terminal: on one line, and nothing that a terminal would obey. */
export function cellText(value: Json): string {
  if (value === null) return '·'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through.
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '�')
}

/** Rows as RFC 4180 has them; null is an empty field. */
export function csvText(rows: readonly (readonly Json[])[]): string {
  return rows.map((row) => row.map(field).join(',')).join('\r\n')
}

function field(value: Json): string {
  if (value === null) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
