import type { Timestamp } from '../../../events/clock.ts'
import { parseIsoTime } from '../../../events/decode-time.ts'
import { fault } from './fault.ts'
import { namePattern } from './names.ts'

/** A word of the language with its place. `text` is what was written. */
export type Token = { readonly text: string; readonly column: number } & (
  | { readonly kind: 'name'; readonly name: string; readonly quoted: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'quantity'; readonly value: number; readonly unit: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'time'; readonly at: Timestamp }
  | { readonly kind: 'symbol' }
  | { readonly kind: 'end' }
)

// Sticky, and without two ways to match the same text: reading is linear.
const space = /\s*/y
const time = /\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?/y
const number = /(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(\p{L}+)?/uy
const quotedName = /`((?:[^`]|``)+)`/y
const string = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/sy
const symbol = /!=|<=|>=|[=<>()[\],+-]/y

const escapes = /\\(u[0-9a-fA-F]{4}|.)/gs
const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

/** The tokens of a text; the last one is the end. Columns count from 1. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    at += matched(space, text, at)![0].length
    if (at === text.length) break
    const token = nextToken(text, at)
    tokens.push(token)
    at += token.text.length
  }
  tokens.push({ kind: 'end', text: '', column: at + 1 })
  return tokens
}

function nextToken(text: string, at: number): Token {
  const column = at + 1
  let match: RegExpExecArray | null
  if ((match = matched(time, text, at))) {
    const moment = parseIsoTime(match[0])
    if (moment === undefined) {
      throw fault(column, `${match[0]} is no time; write 2020-01-31 or 2020-01-31T08:00:00Z`)
    }
    return { kind: 'time', text: match[0], column, at: moment }
  }
  if ((match = matched(number, text, at))) return numberToken(match, column)
  if ((match = matched(namePattern, text, at))) {
    return { kind: 'name', text: match[0], column, name: match[0], quoted: false }
  }
  if ((match = matched(quotedName, text, at))) {
    const unquoted = match[1]!.replaceAll('``', '`')
    return { kind: 'name', text: match[0], column, name: unquoted, quoted: true }
  }
  if ((match = matched(string, text, at))) {
    return { kind: 'string', text: match[0], column, value: unescaped(match[0], column) }
  }
  if ((match = matched(symbol, text, at))) return { kind: 'symbol', text: match[0], column }
  const character = String.fromCodePoint(text.codePointAt(at)!)
  if ('"\'`'.includes(character)) throw fault(column, `the ${character} here is never closed`)
  throw fault(column, `${JSON.stringify(character)} has no meaning here`)
}

function numberToken([text, digits, unit]: RegExpExecArray, column: number): Token {
  const value = Number(digits)
  if (!Number.isFinite(value)) throw fault(column, `${digits} is too large for a number`)
  return unit === undefined
    ? { kind: 'number', text, column, value }
    : { kind: 'quantity', text, column, value, unit }
}

function unescaped(quoted: string, column: number): string {
  return quoted.slice(1, -1).replace(escapes, (whole, code: string, offset: number) => {
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
    if (`"'\\`.includes(code)) return code
    const character = controls[code]
    if (character !== undefined) return character
    throw fault(column + 1 + offset, `${whole} is no escape; use \\" \\' \\\\ \\n \\r \\t \\u0041`)
  })
}

function matched(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
