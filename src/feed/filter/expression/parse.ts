import { invalid } from '../../../error.ts'
import { fault } from './fault.ts'
import { reserved, spelt } from './names.ts'
import { operand, radiusM, signedNumber } from './operand.ts'
import type { Node, Subject } from './syntax.ts'
import { operators } from './syntax.ts'
import { type TokenReader, tokenReader } from './token-reader.ts'

const lengthMax = 4_000
const depthMax = 32
const listLengthMax = 1_000

/** Reads an expression, by recursive descent: `or` binds least, then `and`, then `not`. */
export function parseExpression(text: string): Node {
  if (text.length > lengthMax) {
    throw invalid('filter', `has ${text.length} characters; at most ${lengthMax} are allowed`)
  }
  const reader = tokenReader(text)
  const node = either(reader, 0)
  if (reader.next.kind !== 'end') throw reader.expected('and, or, or the end')
  return node
}

function either(reader: TokenReader, depth: number): Node {
  const parts = [both(reader, depth)]
  while (reader.takeWord('or')) parts.push(both(reader, depth))
  return parts.length === 1 ? parts[0]! : { kind: 'or', parts }
}

function both(reader: TokenReader, depth: number): Node {
  const parts = [single(reader, depth)]
  while (reader.takeWord('and')) parts.push(single(reader, depth))
  return parts.length === 1 ? parts[0]! : { kind: 'and', parts }
}

function single(reader: TokenReader, depth: number): Node {
  const { column } = reader.next
  if (depth > depthMax) throw fault(column, `nested deeper than ${depthMax} levels`)
  if (reader.takeWord('not')) return { kind: 'not', part: single(reader, depth + 1) }
  if (reader.takeSymbol('(')) {
    const inner = either(reader, depth + 1)
    reader.expectSymbol(')')
    return inner
  }
  if (reader.takeWord('exists')) {
    reader.expectSymbol('(')
    const subject = subjectOf(reader)
    reader.expectSymbol(')')
    return { kind: 'exists', subject }
  }
  return reader.takeWord('within') ? within(reader) : comparison(reader)
}

function within(reader: TokenReader): Node {
  reader.expectSymbol('(')
  const subject = subjectOf(reader)
  reader.expectSymbol(',')
  const latitude = signedNumber(reader, 'a latitude', 90)
  reader.expectSymbol(',')
  const longitude = signedNumber(reader, 'a longitude', 180)
  reader.expectSymbol(',')
  const circle = { latitude, longitude, radiusM: radiusM(reader) }
  reader.expectSymbol(')')
  return { kind: 'within', subject, circle }
}

function comparison(reader: TokenReader): Node {
  const subject = subjectOf(reader)
  for (const operator of operators) {
    if (!reader.takeSymbol(operator)) continue
    return { kind: 'compare', subject, operator, operand: operand(reader) }
  }
  if (reader.takeWord('in')) return { kind: 'in', subject, operands: listOf(reader, operand) }
  if (reader.takeWord('contains')) return { kind: 'contains', subject, text: string(reader) }
  if (!reader.takeWord('has')) {
    throw reader.expected(`${operators.join(' ')} in has or contains after ${subject.name}`)
  }
  const all = reader.takeWord('all')
  if (all || reader.takeWord('any')) {
    return { kind: 'has', subject, all, tags: listOf(reader, string) }
  }
  if (reader.next.kind !== 'string')
    throw reader.expected('a text in quotes, any [...] or all [...]')
  return { kind: 'has', subject, all: true, tags: [string(reader)] }
}

function subjectOf(reader: TokenReader): Subject {
  const token = reader.next
  if (token.kind !== 'name') throw reader.expected('an attribute')
  const { name, quoted, column } = token
  if (!quoted && reserved.has(name.toLowerCase())) {
    throw reader.expected(`an attribute (one of that name is written ${spelt(name)})`)
  }
  reader.skip()
  return { name, quoted, column }
}

function string(reader: TokenReader): string {
  const token = reader.next
  if (token.kind !== 'string') throw reader.expected('a text in quotes')
  reader.skip()
  return token.value
}

function listOf<Entry>(reader: TokenReader, entry: (reader: TokenReader) => Entry): Entry[] {
  const { column } = reader.next
  reader.expectSymbol('[')
  const entries = [entry(reader)]
  while (reader.takeSymbol(',')) entries.push(entry(reader))
  reader.expectSymbol(']')
  if (entries.length <= listLengthMax) return entries
  throw fault(column, `a list of ${entries.length}; at most ${listLengthMax} are allowed`)
}
