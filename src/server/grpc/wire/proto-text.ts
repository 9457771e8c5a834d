import type { TSchema } from '@sinclair/typebox'
import { operations } from '../../../api/service.ts'
import { type Field, type Fields, fieldsOf, type Shape, shapeOf } from '../../../api/shape.ts'
import { broken } from '../../../error.ts'
import { protoName, rpcName } from './wire-name.ts'

/** Every field number that was ever given: message → field → number. None is given again. */
export type FieldNumbers = Readonly<Record<string, Readonly<Record<string, number>>>>

export interface ProtoFile {
  readonly text: string
  /** The numbers recorded before, and those that new fields got: the next free ones, in order. */
  readonly numbers: FieldNumbers
}

/** The .proto file of the service, derived from its description. */
export function protoFile(recorded: FieldNumbers): ProtoFile {
  const messages = new Map<string, Fields>()
  const methods: string[] = []
  for (const [name, { grpc, input, answer, summary }] of operations) {
    if (grpc === false) continue
    const method = rpcName(name)
    collect(messages, `${method}Request`, fieldsOf(input))
    collectSchema(messages, answer)
    methods.push(`  // ${summary}`, `  rpc ${method}(${method}Request) returns (${answer.title});`)
  }
  const numbers: Record<string, Readonly<Record<string, number>>> = { ...recorded }
  for (const [name, fields] of messages) numbers[name] = numbered(fields, recorded[name] ?? {})
  const bodies = [...messages].map(([name, fields]) => messageText(name, fields, numbers[name]!))
  const service = ['service Starling {', ...methods, '}'].join('\n')
  return { text: [head, service, ...bodies, attributeText].join('\n\n'), numbers }
}

const head = `// Generated from src/api by scripts/proto.ts: change the description, run it again.
// Times are int64 milliseconds since the Unix epoch. Ids are strings. Fields are only ever added.
syntax = "proto3";

package starling.v1;

import "google/protobuf/struct.proto";`

const attributeText = `// A typed attribute of an item or a user.
message AttributeValue {
  oneof kind {
    double number = 1;
    string text = 2;
    Tags tags = 3;
    int64 time_ms = 4;
    GeoPoint geo = 5;
    Vector vector = 6;
  }
}

message Tags {
  repeated string values = 1;
}

// Degrees.
message GeoPoint {
  double latitude = 1;
  double longitude = 2;
}

message Vector {
  repeated double values = 1;
}
`

function collect(messages: Map<string, Fields>, name: string, fields: Fields): void {
  const known = messages.get(name)
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(fields)) {
    throw broken(`two messages are called ${name}`)
  }
  messages.set(name, fields)
  for (const { schema } of fields) collectSchema(messages, schema)
}

function collectSchema(messages: Map<string, Fields>, schema: TSchema): void {
  const shape = shapeOf(schema)
  if (shape.kind === 'list' || shape.kind === 'map') collectSchema(messages, shape.of)
  else if (shape.kind === 'message') collect(messages, nameOf(shape), shape.fields)
}

function numbered(fields: Fields, recorded: Readonly<Record<string, number>>) {
  const numbers: Record<string, number> = { ...recorded }
  let last = Math.max(0, ...Object.values(recorded))
  for (const field of fields) numbers[protoName(field)] ??= ++last
  return numbers
}

function messageText(
  name: string,
  fields: Fields,
  numbers: Readonly<Record<string, number>>,
): string {
  const present = new Set(fields.map(protoName))
  const gone = Object.entries(numbers).filter(([field]) => !present.has(field))
  const lines = fields.flatMap((field) => fieldLines(field, numbers[protoName(field)]!))
  for (const [field, number] of gone) lines.push(`  reserved ${number};`, `  reserved "${field}";`)
  return lines.length === 0 ? `message ${name} {}` : `message ${name} {\n${lines.join('\n')}\n}`
}

function fieldLines(field: Field, number: number): readonly string[] {
  const { schema, optional } = field
  const shape = shapeOf(schema)
  const label = optional && shape.kind !== 'list' && shape.kind !== 'map' ? 'optional ' : ''
  const line = `  ${label}${typeText(shape)} ${protoName(field)} = ${number};`
  const about = schema.description ?? (shape.kind === 'list' ? shape.of.description : undefined)
  return about === undefined ? [line] : [`  // ${about}`, line]
}

function typeText(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return 'string'
    case 'number':
      return 'double'
    case 'flag':
      return 'bool'
    case 'whole':
      return shape.fitsInt32 ? 'int32' : 'int64'
    case 'time':
      return 'int64'
    case 'json':
      return 'google.protobuf.Value'
    case 'attribute':
      return 'AttributeValue'
    case 'list':
      return `repeated ${typeText(shapeOf(shape.of))}`
    case 'map':
      return `map<string, ${typeText(shapeOf(shape.of))}>`
    case 'message':
      return nameOf(shape)
  }
}

function nameOf(shape: Shape & { kind: 'message' }): string {
  if (shape.name === undefined) throw broken('a message of the description has no name')
  return shape.name
}
