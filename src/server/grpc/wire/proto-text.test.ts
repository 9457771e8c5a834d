import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type FieldNumbers, protoFile } from './proto-text.ts'

const folder = new URL('../../../../proto/starling/v1/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8')

test('the committed .proto file is the one that the description gives', () => {
  const recorded: FieldNumbers = JSON.parse(read('numbers.json'))
  const { text, numbers } = protoFile(recorded)
  const remedy = 'run: node --import tsx scripts/proto.ts'
  assert.deepEqual(numbers, recorded, remedy)
  assert.equal(text, read('starling.proto'), remedy)
})

test('its comments are those of protobuf', () => {
  for (const line of [
    read('starling.proto'),
    readFileSync(new URL('../../compat/user_reco.proto', folder), 'utf8'),
  ]) {
    for (const text of line.split('\n')) assert(!/^\s*#/.test(text), text)
  }
})

test('a recorded number stays, a new field gets the next, and what is gone is reserved', () => {
  const page = JSON.parse(read('numbers.json'))['Page']
  const { scene: _, ...withoutScene } = page
  const { text, numbers } = protoFile({ Page: { ...withoutScene, gone: 40 } })
  assert.equal(numbers['Page']?.['scene'], 41)
  assert.equal(numbers['Page']?.['older'], page.older)
  assert.match(text, /message Page \{[^}]* scene = 41;[^}]*reserved 40;\n {2}reserved "gone";\n\}/)
})
