/** The typed arrays that columns are made of. */
export type NumberArray = Float64Array | Float32Array | Uint32Array | Uint8Array

/**
 * The array itself where it holds `length` numbers, else a larger one that begins with the same
 * numbers and goes on with `filler`. At least doubling keeps the cost of growing by one constant on
 * average; pages of zeros that nobody has written to cost no memory.
 */
export function grown<A extends NumberArray>(array: A, length: number, filler = 0): A {
  if (length <= array.length) return array
  // The constructor of an A makes an A; TypeScript knows it as a plain Function.
  const Same = array.constructor as new (length: number) => A
  const larger = new Same(Math.max(length, array.length * 2, 16))
  larger.set(array)
  if (filler !== 0) larger.fill(filler, array.length)
  return larger
}
