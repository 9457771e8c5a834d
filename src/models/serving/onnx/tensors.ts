export type TensorType = 'float32' | 'float64' | 'int32' | 'int64' | 'bool' | 'string'

/** A tensor on its way into a model. */
export interface Feed {
  readonly name: string
  readonly type: TensorType
  readonly dims: readonly number[]
  readonly data:
    | Float32Array
    | Float64Array
    | Int32Array
    | BigInt64Array
    | Uint8Array
    | readonly string[]
}

export type Feeds = readonly Feed[]

/** One output: rows × columns, row after row. */
export interface Output {
  readonly name: string
  readonly data: Float32Array
}

/** An output as floats, whatever whole or half numbers it came in. */
export function floats(data: unknown): Float32Array {
  if (data instanceof Float32Array) return data
  return Float32Array.from(data as ArrayLike<number | bigint>, Number)
}
