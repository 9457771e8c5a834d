import assert from 'node:assert/strict'
import { test } from 'node:test'
import descriptor from 'protobufjs/ext/descriptor/index.js'
import { mendedDescriptors } from './mended-descriptors.ts'
import { starlingProto } from './starling-service.ts'

interface File {
  readonly name: string
  readonly dependency: readonly string[]
  readonly messageType: readonly Message[]
}

interface Message {
  readonly name: string
  readonly field: readonly { name: string; typeName: string; proto3Optional: boolean }[]
  readonly nestedType: readonly Message[]
}

const { files } = mendedDescriptors([starlingProto()]) as unknown as {
  files: { fileDescriptorProtos: readonly Buffer[] }
}
const decoded = files.fileDescriptorProtos.map(
  (bytes) => descriptor.FileDescriptorProto.decode(bytes) as unknown as File,
)
const ours = decoded.find(({ name }) => name === 'starling_v1.proto')
const request = ours?.messageType.find(({ name }) => name === 'FeedRequest')
const field = (wanted: string) => request?.field.find(({ name }) => name === wanted)

test('the entry of a map is called as every protobuf compiler calls it', () => {
  assert.deepEqual(
    request?.nestedType.map(({ name }) => name),
    ['ContextEntry'],
  )
  assert.equal(field('context')?.typeName, 'ContextEntry')
})

test('a field that may be absent says so, and no other', () => {
  assert.equal(field('channel')?.proto3Optional, true)
  assert.equal(field('user')?.proto3Optional, false)
  const attribute = ours?.messageType.find(({ name }) => name === 'AttributeValue')
  assert(attribute?.field.every(({ proto3Optional }) => !proto3Optional))
})

test('the file imports what it refers to, and brings it along', () => {
  const imported = 'google/protobuf/struct.proto'
  assert.deepEqual([...(ours?.dependency ?? [])], [imported])
  assert(decoded.some(({ name }) => name === imported))
})
