import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathFields } from '../../api/operation.ts'
import { operations } from '../../api/service.ts'
import { openApi } from './openapi.ts'

type Node = { readonly [key: string]: Node }

// The document is plain JSON; through JSON and back it is what a client reads.
const document = JSON.parse(JSON.stringify(openApi('1.2.3'))) as Node

const methods = ['get', 'put', 'post', 'delete']

function* nodes(value: unknown): Iterable<Node> {
  if (typeof value !== 'object' || value === null) return
  yield value as Node
  for (const inner of Object.values(value)) yield* nodes(inner)
}

test('it is OpenAPI 3.1.0 with a title and a version', () => {
  assert.equal(document['openapi'], '3.1.0')
  assert.deepEqual(
    [document['info']?.['title'], document['info']?.['version']],
    ['Starling', '1.2.3'],
  )
})

test('every operation is in it once, under its own id', () => {
  const ids = [...nodes(document['paths'])].flatMap(({ operationId }) => operationId ?? [])
  assert.deepEqual(ids.map(String).sort(), operations.map(([name]) => name).sort())
})

test('every reference leads somewhere', () => {
  let count = 0
  for (const { $ref } of nodes(document)) {
    if ($ref === undefined) continue
    count++
    const steps = String($ref).replace('#/', '').split('/')
    const target = steps.reduce<Node | undefined>((node, step) => node?.[step], document)
    assert(target, `${$ref} is dangling`)
  }
  assert(count > 40)
})

test('every operation says what it answers, also on failure, and names its path parameters', () => {
  for (const [path, item] of Object.entries(document['paths'] ?? {})) {
    for (const [method, node] of Object.entries(item)) {
      assert(methods.includes(method))
      const responses = node['responses'] ?? {}
      assert(responses['200']?.['description'], `${method} ${path} has no answer`)
      if (!node['operationId']) continue
      assert(responses['default'], `${method} ${path} does not say how it fails`)
      const parameters = Object.values(node['parameters'] ?? {})
      const inPath = parameters.filter((parameter) => String(parameter['in']) === 'path')
      assert.deepEqual(
        inPath.map(({ name }) => name),
        pathFields(path),
      )
      for (const parameter of inPath) assert.equal(parameter['required'], true)
    }
  }
})

test('no parameter comes twice and no schema is without a kind', () => {
  for (const node of nodes(document)) {
    const parameters = node['parameters']
    if (!Array.isArray(parameters)) continue
    const keys = parameters.map((parameter) => `${parameter.in} ${parameter.name}`)
    assert.equal(new Set(keys).size, keys.length)
    for (const { schema } of parameters) assert(schema.type ?? schema.$ref)
  }
})
