import { fault } from './fault.ts'
import type { Operand } from './syntax.ts'
import type { TokenReader } from './token-reader.ts'

const durationUnits: ReadonlyMap<string, number> = new Map([
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 7 * 86_400_000],
])

const lengthUnits: ReadonlyMap<string, number> = new Map([
  ['m', 1],
  ['km', 1_000],
])

/** Reads what an attribute is compared with. */
export function operand(reader: TokenReader): Operand {
  const { column } = reader.next
  if (reader.takeWord('now')) return { kind: 'now', offsetMs: offsetMs(reader), column }
  const negative = reader.takeSymbol('-')
  const token = reader.next
  if (token.kind === 'number') {
    reader.skip()
    return { kind: 'number', value: negative ? -token.value : token.value, column }
  }
  if (negative) throw reader.expected('a number')
  switch (token.kind) {
    case 'string':
      reader.skip()
      return { kind: 'text', value: token.value, column }
    case 'time':
      reader.skip()
      return { kind: 'time', at: token.at, column }
    case 'quantity':
      return { kind: 'duration', durationMs: durationMs(reader), column }
    default:
      throw reader.expected('a number, a text in quotes, a time or a duration')
  }
}

/** Reads a number of at most `most` either side of 0. */
export function signedNumber(reader: TokenReader, what: string, most: number): number {
  const { column } = reader.next
  const negative = reader.takeSymbol('-')
  const token = reader.next
  if (token.kind !== 'number') throw reader.expected(what)
  if (token.value > most) throw fault(column, `${what} must be >= -${most} and <= ${most}`)
  reader.skip()
  return negative ? -token.value : token.value
}

export function radiusM(reader: TokenReader): number {
  const distance = 'a distance in m or km, such as 10km'
  return quantity(reader, lengthUnits, distance)
}

function offsetMs(reader: TokenReader): number {
  if (reader.takeSymbol('-')) return -durationMs(reader)
  return reader.takeSymbol('+') ? durationMs(reader) : 0
}

function durationMs(reader: TokenReader): number {
  return quantity(reader, durationUnits, 'a duration in s, m, h, d or w, such as 7d')
}

function quantity(reader: TokenReader, units: ReadonlyMap<string, number>, what: string): number {
  const token = reader.next
  const unit = token.kind === 'quantity' ? units.get(token.unit) : undefined
  if (token.kind !== 'quantity' || unit === undefined) throw reader.expected(what)
  reader.skip()
  return token.value * unit
}
