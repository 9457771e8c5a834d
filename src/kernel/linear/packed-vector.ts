/**
 * A vector in as many bytes as it has numbers, and four: the scale as a little-endian 32-bit float,
 * then every number as a whole multiple of it within ±127. As base64: 48 letters at 32 dimensions.
 * No number is further off than half the scale, which is 1/127 of the largest.
 */
export function packVector(vector: Float32Array): string {
  let largest = 0
  for (const value of vector) largest = Math.max(largest, Math.abs(value))
  const scale = Math.fround(largest / 127)
  const bytes = new Uint8Array(scaleBytes + vector.length)
  new DataView(bytes.buffer).setFloat32(0, scale, true)
  const steps = new Int8Array(bytes.buffer, scaleBytes)
  // Only a scale too small for a float is 0, and all that it would scale is too.
  if (scale > 0) {
    for (const [k, value] of vector.entries()) {
      steps[k] = Math.max(-127, Math.min(127, Math.round(value / scale)))
    }
  }
  return btoa(String.fromCharCode(...bytes))
}

/** The vector again, or `undefined` where the text holds none of so many dimensions. */
export function unpackVector(text: string, dims: number): Float32Array | undefined {
  const bytes = bytesOf(text)
  if (bytes?.length !== scaleBytes + dims) return undefined
  const scale = new DataView(bytes.buffer).getFloat32(0, true)
  return Float32Array.from(new Int8Array(bytes.buffer, scaleBytes), (step) => step * scale)
}

const scaleBytes = 4

function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  } catch {
    return undefined
  }
}
