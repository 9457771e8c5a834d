import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { StarlingError } from '../error.ts'
import { decodeAction, decodeItem, decodeUser, encodeAttributes } from './decode.ts'
import { actions } from './event.ts'

const now = Date.parse('2024-05-01T12:00:00Z')

const decoders = [
  (raw: unknown) => decodeAction(raw, { now, newId: () => 'made' }),
  (raw: unknown) => decodeItem(raw, now),
  (raw: unknown) => decodeUser(raw, now),
]

/** Any JSON, with the names that decoders look for (and those that pollute) more often than not. */
const names = fc.constantFrom(
  ...['id', 'type', 'user', 'item', 'at', 'value', 'text', 'token', 'scene', 'channel'],
  ...['position', 'order'],
  ...['attributes', 'channels', 'availableFrom', 'availableUntil', 'latitude', 'longitude'],
  ...['number', 'tags', 'time', 'geo', 'vector', '__proto__', 'constructor', 'toString'],
)
const leaf = fc.oneof(
  ...[fc.constant(null), fc.boolean(), fc.double(), fc.integer(), fc.string(), fc.string()],
  ...[fc.constantFrom(...actions), fc.date({ noInvalidDate: true }).map((at) => at.toISOString())],
)
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('json'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof({ weight: 4, arbitrary: names }, fc.string()), tie('json')), {
        maxLength: 6,
      })
      .map((entries) => parsed(entries)),
  ),
}))

/** Through JSON text, as it comes from the wire: there `__proto__` is an own key. */
function parsed(entries: readonly (readonly [string, unknown])[]): unknown {
  const members = entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
  return JSON.parse(`{${members.join(',')}}`)
}

test('arbitrary JSON is decoded or refused as an invalid argument, and pollutes nothing', () => {
  const before = Object.getOwnPropertyNames(Object.prototype).length
  const survives = fc.property(json, (raw) => {
    for (const decode of decoders) {
      try {
        decode(raw)
      } catch (error) {
        assert.ok(error instanceof StarlingError, String(error))
        assert.equal(error.code, 'invalid_argument')
      }
    }
  })
  fc.assert(survives, { numRuns: 20_000 })
  assert.equal(Object.getOwnPropertyNames(Object.prototype).length, before)
})

test('what was decoded encodes and decodes to itself', () => {
  const attributes = fc.dictionary(
    fc.oneof(names, fc.string({ minLength: 1, maxLength: 20 })),
    json,
  )
  let decodedCount = 0
  const stable = fc.property(attributes, (raw) => {
    let decoded: ReturnType<typeof decodeItem>
    try {
      decoded = decodeItem({ id: 'i', attributes: raw }, now)
    } catch {
      return
    }
    decodedCount++
    assert.equal(Object.getPrototypeOf(decoded.record.attributes), Object.prototype)
    const plain: unknown = JSON.parse(JSON.stringify(encodeAttributes(decoded.record.attributes)))
    assert.deepEqual(decodeItem({ id: 'i', attributes: plain }, now), decoded)
  })
  fc.assert(stable, { numRuns: 5_000, examples: [[{ before: { time: -0.5 } }]] })
  assert.ok(decodedCount > 500, `only ${decodedCount} were decodable`)
})
