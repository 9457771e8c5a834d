import type { Arena } from './arena.ts'

/** Puts values where kernels see them, as long as the arena holds them. */
export function arraysIn(arena: Arena) {
  const filled = <Values extends Float32Array | Uint32Array | Int8Array>(
    array: Values,
    values: readonly number[],
  ): Values => {
    array.set(values)
    return array
  }
  return {
    floats: (values: readonly number[]) => filled(arena.float32(values.length), values),
    ordinals: (values: readonly number[]) => filled(arena.uint32(values.length), values),
    bytes: (values: readonly number[]) => filled(arena.int8(values.length), values),
  }
}
