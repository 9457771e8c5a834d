import { type Field, shapeOf } from '../../../api/shape.ts'

/** What a field is called in the .proto file: `servedAt`, a time, is `served_at_ms`. */
export function protoName({ name, schema }: Field): string {
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return shapeOf(schema).kind === 'time' ? `${snake}_ms` : snake
}

/** What gRPC calls an operation: `putItem` is the method `PutItem`, its input `PutItemRequest`. */
export const rpcName = (operation: string): string =>
  operation.charAt(0).toUpperCase() + operation.slice(1)
