import type { TSchema } from '@sinclair/typebox'
import { errorBody } from '../../api/error-body.ts'
import { type Operation, placeOf } from '../../api/operation.ts'
import { operations } from '../../api/service.ts'
import { fieldsOf, shapeOf } from '../../api/shape.ts'

type Node = Record<string, unknown>

/** The addresses beside the operations: for operators and newcomers. They need no key. */
const houseAddresses = [
  ['/healthz', 'The process is alive.', 'application/json'],
  ['/readyz', 'The engine is ready to serve; 503 until then.', 'application/json'],
  ['/metrics', 'Figures for Prometheus.', 'text/plain'],
  ['/openapi.json', 'This document.', 'application/json'],
  ['/docs', 'This document as a page.', 'text/html'],
] as const

/** The OpenAPI 3.1 document of the service. Every message is a component, named once. */
export function openApi(version: string): Node {
  const schemas: Node = {}
  const paths: Record<string, Node> = {}
  for (const [name, described] of operations) {
    paths[described.path] ??= {}
    paths[described.path]![described.method.toLowerCase()] = operationNode(name, described, schemas)
  }
  for (const [path, summary, type] of houseAddresses) {
    const content = {
      [type]: { schema: { type: type === 'application/json' ? 'object' : 'string' } },
    }
    paths[path] = {
      get: { summary, security: [], responses: { 200: { description: summary, content } } },
    }
  }
  const error = { 'application/json': { schema: hoisted(errorBody, schemas) } }
  return {
    openapi: '3.1.0',
    info: { title: 'Starling', version, description: 'A recommender engine: feeds that learn.' },
    security: [{}, { bearer: [] }, { apiKey: [] }],
    paths,
    components: {
      schemas,
      responses: { Error: { description: 'Who must act, and what is wrong.', content: error } },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
      },
    },
  }
}

function operationNode(name: string, described: Operation, schemas: Node): Node {
  const fields = fieldsOf(described.input)
  const inBody = fields.filter((field) => placeOf(described, field.name) === 'body')
  const content = { 'application/json': { schema: hoisted(described.answer, schemas) } }
  return {
    operationId: name,
    summary: described.summary,
    description: `Needs a key of scope \`${described.scope}\` where keys exist.`,
    parameters: fields
      .filter((field) => placeOf(described, field.name) !== 'body')
      .map(({ name, schema, optional }) =>
        parameterNode(described, name, schema, optional, schemas),
      ),
    ...(inBody.length > 0 && {
      requestBody: {
        required: inBody.some(({ optional }) => !optional),
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: Object.fromEntries(
                inBody.map(({ name, schema }) => [name, hoisted(schema, schemas)]),
              ),
              required: inBody.filter(({ optional }) => !optional).map(({ name }) => name),
            },
          },
        },
      },
    }),
    responses: {
      200: { description: described.answer.title ?? name, content },
      default: { $ref: '#/components/responses/Error' },
    },
  }
}

function parameterNode(
  described: Operation,
  name: string,
  schema: TSchema,
  optional: boolean,
  schemas: Node,
): Node {
  const place = placeOf(described, name)
  const base = { name, in: place, required: place === 'path' || !optional }
  const { kind } = shapeOf(schema)
  if (kind === 'map') {
    // An exploded object puts its own keys into the query: context.device=ios.
    const values = { [`^${name}\\.`]: schema.additionalProperties }
    return {
      ...base,
      style: 'form',
      explode: true,
      schema: { type: 'object', patternProperties: values },
    }
  }
  const spelling = kind === 'list' ? { style: 'form', explode: false } : {}
  return { ...base, description: schema.description, schema: hoisted(schema, schemas), ...spelling }
}

/** The schema with each named message replaced by a reference; the messages go to `schemas`. */
function hoisted(schema: TSchema, schemas: Node): Node {
  const plain = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, part(key, value, schemas)]),
  )
  if (schema.title === undefined) return plain
  const { title, ...component } = plain
  schemas[String(title)] ??= component
  return { $ref: `#/components/schemas/${title}` }
}

function part(key: string, value: unknown, schemas: Node): unknown {
  if (key === 'items' || (key === 'additionalProperties' && typeof value === 'object')) {
    return hoisted(value as TSchema, schemas)
  }
  if (key !== 'properties') return value
  const properties = Object.entries(value as Record<string, TSchema>)
  return Object.fromEntries(properties.map(([name, of]) => [name, hoisted(of, schemas)]))
}
