import type { Field } from '../../ranking/field.ts'
import {
  type PlainAttribute,
  type PlainFile,
  type PlainInput,
  type PlainNode,
  type PlainValues,
  plainOnnx,
} from './plain-file.ts'

/**
 * Puts a plain file together: each method adds what it says, and gives the name of what comes out.
 */
export interface PlainBuilder {
  readonly fields: readonly Field[]
  node(
    type: string,
    inputs: readonly string[],
    attributes?: PlainNode['attributes'],
    domain?: PlainNode['domain'],
  ): string
  floats(data: Float32Array, shape: readonly number[]): string
  float(value: number): string
  whole(...values: readonly number[]): string
  /** 1 where the ids of a field are not 0, and 0 else: [rows, width]. */
  marks(field: string): string
  /** 1 where a number is missing, NaN or infinite: true or false, [rows, 1]. */
  missing(field: string): string
  /** Over the second axis, which stays. */
  sum(name: string): string
  finish(outputs: ReadonlyMap<string, string>, notes: PlainFile['notes']): Uint8Array
}

/** The inputs are those of every ranker's file: int64 ids and float numbers, by field. */
export function plainBuilder(fields: readonly Field[]): PlainBuilder {
  const nodes: PlainNode[] = []
  const values = new Map<
    string,
    { readonly shape: readonly number[]; readonly data: PlainValues }
  >()
  const inputs = fields.map((field): PlainInput => {
    if (field.kind === 'number') return { name: field.name, type: 'float', width: 1 }
    const width = field.kind === 'sequence' ? field.length : 1
    return { name: field.name, type: 'int64', width }
  })
  let count = 0
  // A field may have any name but one that begins so.
  const fresh = (): string => `\u0001${count++}`
  const known = new Map<string, string>()
  const once = (key: string, make: () => string): string => {
    const name = known.get(key) ?? make()
    known.set(key, name)
    return name
  }
  const value = (data: PlainValues, shape: readonly number[]): string => {
    const name = fresh()
    values.set(name, { shape, data })
    return name
  }
  const builder: PlainBuilder = {
    fields,
    node(type, taken, attributes: Readonly<Record<string, PlainAttribute>> = {}, domain) {
      const output = fresh()
      nodes.push({ type, inputs: taken, output, attributes, ...(domain && { domain }) })
      return output
    },
    floats: value,
    float: (number) => once(`float ${number}`, () => value(Float32Array.of(number), [1, 1])),
    whole: (...numbers) =>
      once(`whole ${numbers}`, () => value(BigInt64Array.from(numbers, BigInt), [numbers.length])),
    marks: (field) =>
      once(`marks ${field}`, () => {
        const empty = builder.node('Equal', [field, builder.whole(0)])
        return builder.node('Cast', [builder.node('Not', [empty])], { to: 1n })
      }),
    missing: (field) =>
      once(`missing ${field}`, () => {
        const [none, infinite] = ['IsNaN', 'IsInf'].map((type) => builder.node(type, [field]))
        return builder.node('Or', [none!, infinite!])
      }),
    sum: (name) => builder.node('ReduceSum', [name, builder.whole(1)], { keepdims: 1n }),
    finish(outputs, notes) {
      for (const [output, name] of outputs) {
        nodes.push({ type: 'Identity', inputs: [name], output })
      }
      return plainOnnx({ inputs, outputs: [...outputs.keys()], values, nodes, notes })
    },
  }
  return builder
}

/** What every file of a ranker tells of itself. */
export function rankerNotes(
  kind: string,
  fields: readonly Field[],
  heads: readonly string[],
): PlainFile['notes'] {
  return { fields: JSON.stringify(fields), heads: JSON.stringify(heads), kind }
}
