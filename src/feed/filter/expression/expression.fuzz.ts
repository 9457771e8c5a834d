import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { manualClock } from '../../../events/clock.ts'
import type { AttributeValue, Event, ItemRecord } from '../../../events/event.ts'
import { greatCircleM } from '../../../kernel/great-circle.ts'
import { catalogueView } from '../../../state/catalogue/catalogue-view.ts'
import { openState } from '../../../state/folded-state.ts'
import { items } from '../../../state/projections/items.ts'
import { schema } from '../../../state/projections/schema.ts'
import { memoryStore } from '../../../state/store/memory-store.ts'
import { compileExpression } from './expression.ts'
import { spelt } from './names.ts'
import type { Node, Operand, operators, Subject } from './syntax.ts'

const now = Date.UTC(2024, 5, 30)
const day = 86_400_000
const words = ['Pan', 'pan', 'a "quoted" \\ one', '日本', ''] as const
const numbers = [-1.5, 0, 3, 1e21] as const
const times = [0, 1, 2].map((days) => now - days * day)
const geos = [
  { latitude: 0, longitude: 0 },
  { latitude: -0.4, longitude: 1 },
]

/** Two attributes of each type, one with a name that needs backquotes; every item has some. */
const values: Readonly<Record<string, readonly AttributeValue[]>> = {
  year: numbers.map((number) => ({ number })),
  'not a `word`': numbers.map((number) => ({ number })),
  title: words.map((text) => ({ text })),
  in: words.map((text) => ({ text })),
  genres: [{ tags: ['Pan'] }, { tags: ['Pan', 'pan', '日本'] }, { tags: [] }],
  id: [{ tags: ['pan'] }],
  publishedAt: times.map((time) => ({ time })),
  age: times.map((time) => ({ time })),
  place: geos.map((geo) => ({ geo })),
  taste: [{ vector: [0, 0] }],
}

const records = Array.from({ length: 60 }, (_, item): ItemRecord => {
  const attributes: Record<string, AttributeValue> = {}
  for (const [index, [name, choices]] of Object.entries(values).entries()) {
    // The first item has them all, so that the schema does; the others lack about a third.
    const choice = (item * (index + 7) + ((item * item) >> 2)) % Math.ceil(choices.length * 1.5)
    const value = item === 0 ? choices[0] : choices[choice]
    if (value !== undefined) attributes[name] = value
  }
  return { attributes, channels: item % 3 === 0 ? [] : [words[item % 4]!] }
})

const state = await openState({ store: memoryStore(), projections: [schema, items], tables: [] })
const catalogue = catalogueView(state)
const options = { catalogue, ordinals: state.ordinals, clock: manualClock(now) }
await state.fold(
  0,
  records.map((record, index): Event => {
    return { type: 'item', id: `e${index}`, at: now - 3 * day, item: `item ${index}`, record }
  }),
)

const column = 0
const subject = (name: string, quoted = true): Subject => ({ name, quoted, column })
const attribute = (...names: string[]) => fc.constantFrom(...names).map((name) => subject(name))
const number = fc
  .constantFrom(...numbers)
  .map((value): Operand => ({ kind: 'number', value, column }))
const text = fc.constantFrom(...words).map((value): Operand => ({ kind: 'text', value, column }))
const id = fc
  .constantFrom('item 0', 'item 1', 'item 7', 'nobody')
  .map((value): Operand => ({ kind: 'text', value, column }))
const time = fc.oneof(
  fc.constantFrom(...times).map((at): Operand => ({ kind: 'time', at, column })),
  fc.constantFrom(0, -day, day).map((offsetMs): Operand => ({ kind: 'now', offsetMs, column })),
)
const duration = fc
  .nat(4)
  .map((days): Operand => ({ kind: 'duration', durationMs: days * day, column }))
const innateSubject = (name: string) => fc.constant(subject(name, false))

type Sorted = readonly [fc.Arbitrary<Subject>, fc.Arbitrary<Operand>]
const comparable: readonly Sorted[] = [
  [attribute('year', 'not a `word`'), number],
  [attribute('publishedAt', 'age'), time],
]
const equatable: readonly Sorted[] = [
  ...comparable,
  [attribute('title', 'in'), text],
  [innateSubject('id'), id],
]
const orders = ['<', '<=', '>', '>='] as const

function compared(sorts: readonly Sorted[], among: readonly (typeof operators)[number][]) {
  const operator = fc.constantFrom(...among)
  const kind = fc.constant('compare' as const)
  return sorts.map(([subject, operand]) => fc.record({ kind, subject, operator, operand }))
}

const leaf: fc.Arbitrary<Node> = fc.oneof(
  ...compared([...comparable, [innateSubject('age'), duration]], orders),
  ...compared(equatable, ['=', '!=']),
  ...equatable.map(([subject, operand]) =>
    fc.record({
      kind: fc.constant('in' as const),
      subject,
      operands: fc.array(operand, { minLength: 1, maxLength: 4 }),
    }),
  ),
  fc.record({
    kind: fc.constant('has' as const),
    subject: attribute('genres', 'id', 'channels'),
    all: fc.boolean(),
    tags: fc.array(fc.constantFrom('Pan', 'pan', '日本', 'no such'), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  fc.record({
    kind: fc.constant('contains' as const),
    subject: attribute('title', 'in'),
    text: fc.constantFrom('PAN', 'quoted', '本', ''),
  }),
  fc.record({
    kind: fc.constant('within' as const),
    subject: attribute('place'),
    circle: fc.record({
      latitude: fc.constantFrom(0, -0.5),
      longitude: fc.constantFrom(0, 1, 180),
      radiusM: fc.constantFrom(0, 60_000, 112_000, 3e7),
    }),
  }),
  fc.record({
    kind: fc.constant('exists' as const),
    subject: attribute(...Object.keys(values), 'channels'),
  }),
)

const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.record({
      kind: fc.constantFrom('and', 'or'),
      parts: fc.array(tie('node'), { minLength: 2, maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('not' as const), part: tie('node') }),
  ),
}))

/** Writes a node down, with as many brackets as a careful person would use. */
function print(node: Node): string {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.parts.map((part) => `(${print(part)})`).join(` ${node.kind} `)
    case 'not':
      return `not (${print(node.part)})`
  }
  const { quoted, name: plain } = node.subject
  const name = quoted ? spelt(plain) : plain
  switch (node.kind) {
    case 'exists':
      return `exists(${name})`
    case 'within': {
      const { latitude, longitude, radiusM } = node.circle
      return `within(${name},${latitude}, ${longitude}, ${radiusM}m)`
    }
    case 'compare':
      return `${name}${node.operator} ${printOperand(node.operand)}`
    case 'in':
      return `${name} in [${node.operands.map(printOperand).join(',')}]`
    case 'has':
      return `${name} HAS ${node.all ? 'all' : 'any'}${JSON.stringify(node.tags)}`
    case 'contains':
      return `${name} contains ${JSON.stringify(node.text)}`
  }
}

function printOperand(operand: Operand): string {
  switch (operand.kind) {
    case 'number':
      return String(operand.value)
    case 'text':
      return JSON.stringify(operand.value)
    case 'time':
      return new Date(operand.at).toISOString()
    case 'now':
      return operand.offsetMs < 0
        ? `now-${-operand.offsetMs / 1000}s`
        : `now + ${operand.offsetMs / day}d`
    case 'duration':
      return `${operand.durationMs / 3_600_000}h`
  }
}

/** What a node means for a record, word by word from the description of the language. */
function holds(node: Node, item: number): boolean {
  if (node.kind === 'not') return !holds(node.part, item)
  if ('parts' in node) {
    const isAnd = node.kind === 'and'
    return node.parts[isAnd ? 'every' : 'some']((part) => holds(part, item))
  }
  const { attributes, channels } = records[item]!
  const { name, quoted } = node.subject
  const value = name === 'channels' ? { tags: channels } : quoted ? attributes[name] : undefined
  const plain = quoted ? plainOf(value) : name === 'id' ? `item ${item}` : now - availableFrom(item)
  switch (node.kind) {
    case 'exists':
      return value !== undefined && !('tags' in value && value.tags.length === 0)
    case 'compare':
      return plain !== undefined && compares(plain, node.operator, operandOf(node.operand))
    case 'in':
      return node.operands.some((operand) => operandOf(operand) === plain)
    case 'has': {
      const has = (tag: string) =>
        value !== undefined && 'tags' in value && value.tags.includes(tag)
      return node.all ? node.tags.every(has) : node.tags.some(has)
    }
    case 'contains':
      return (
        String(plain ?? '\0')
          .toUpperCase()
          .includes(node.text.toUpperCase()) && plain !== undefined
      )
    case 'within': {
      if (value === undefined || !('geo' in value)) return false
      const { latitude, longitude, radiusM } = node.circle
      const { geo } = value
      return greatCircleM(geo.latitude, geo.longitude, latitude, longitude) <= radiusM
    }
  }
}

function plainOf(value: AttributeValue | undefined): number | string | undefined {
  if (value === undefined) return undefined
  if ('number' in value) return value.number
  if ('time' in value) return value.time
  return 'text' in value ? value.text : undefined
}

function operandOf(operand: Operand): number | string {
  switch (operand.kind) {
    case 'now':
      return now + operand.offsetMs
    case 'time':
      return operand.at
    case 'duration':
      return operand.durationMs
    default:
      return operand.value
  }
}

function availableFrom(item: number): number {
  const published = records[item]!.attributes['publishedAt']
  return published !== undefined && 'time' in published ? published.time : now - 3 * day
}

function compares(a: number | string, operator: (typeof operators)[number], b: number | string) {
  const table = { '=': a === b, '!=': a !== b, '<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b }
  return table[operator]
}

test('an expression that is printed, read and compiled means what its tree means', () => {
  const property = fc.property(node, (node) => {
    const text = print(node)
    fc.pre(text.length <= 4_000)
    const { keeps } = compileExpression(text, options)
    for (const item of records.keys()) assert.equal(keeps(item), holds(node, item), text)
  })
  // fast-check prints the seed and the path of a failure.
  fc.assert(property, { numRuns: 1_500 })
})
