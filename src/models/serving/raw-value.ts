/** How a value is spelt outside: numbers, whole numbers, or texts. */
export type ValueType = 'float32' | 'int64' | 'int32' | 'string'

/** Whole numbers beyond 2^53 come as `bigint`. */
export type RawValue = string | number | bigint
export type RawColumn = Float32Array | Float64Array | readonly RawValue[]
