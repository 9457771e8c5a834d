import type { Static, StaticDecode, TObject, TSchema } from '@sinclair/typebox'

/** One thing that the service can be asked. Routes, OpenAPI, gRPC and the client derive from it. */
export interface Operation<Input extends TObject = TObject, Answer extends TSchema = TSchema> {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** Names in braces are fields of the input: `/v1/items/{id}`. */
  readonly path: string
  readonly scope: Scope
  readonly summary: string
  /** All that is asked, wherever it travels: see `placeOf`. Names are unique across the places. */
  readonly input: Input
  readonly answer: Answer
  /** True where a GET changes what the next one answers, so that HEAD must not stand in for it. */
  readonly advances?: boolean
  /** False where gRPC does not mirror it. */
  readonly grpc?: boolean
}

/** What a key may do: `serve` asks for feeds, `ingest` brings facts, `admin` does everything. */
export const scopes = ['serve', 'ingest', 'admin'] as const
export type Scope = (typeof scopes)[number]

/** Keeps the precise types of an operation's input and answer. */
export function operation<Input extends TObject, Answer extends TSchema>(
  described: Operation<Input, Answer>,
): Operation<Input, Answer> {
  return described
}

/** The input as JSON spells it: times are ISO 8601 texts. */
export type InputOf<O> = O extends Operation<infer Input, TSchema> ? Static<Input> : never

/** The answer as JSON spells it. */
export type AnswerOf<O> = O extends Operation<TObject, infer Answer> ? Static<Answer> : never

/** The answer as a handler gives it: times are ms since the Unix epoch. */
export type ResultOf<O> =
  O extends Operation<TObject, infer Answer> ? Unwritable<StaticDecode<Answer>> : never

type Unwritable<T> = T extends readonly (infer Entry)[]
  ? readonly Unwritable<Entry>[]
  : T extends object
    ? { readonly [Name in keyof T]: Unwritable<T[Name]> }
    : T

/** The names in braces, in order. */
export function pathFields(path: string): readonly string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
}

/** Where a field travels: in the path, else in the query of a GET or DELETE, else in the body. */
export function placeOf(described: Operation, field: string): 'path' | 'query' | 'body' {
  if (pathFields(described.path).includes(field)) return 'path'
  return described.method === 'GET' || described.method === 'DELETE' ? 'query' : 'body'
}
