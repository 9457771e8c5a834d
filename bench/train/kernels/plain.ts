/** The same loops as the kernels in plain TypeScript: what they are held against. */

export function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0
  for (let k = 0; k < left.length; k++) sum += left[k]! * right[k]!
  return sum
}

export function axpy(factor: number, from: Float32Array, to: Float32Array): void {
  for (let k = 0; k < from.length; k++) to[k] = to[k]! + factor * from[k]!
}

export function gather(
  table: Float32Array,
  width: number,
  ids: Uint32Array,
  to: Float32Array,
): void {
  for (let place = 0; place < ids.length; place++) {
    const from = ids[place]! * width
    for (let k = 0; k < width; k++) to[place * width + k] = table[from + k]!
  }
}

export function adam(
  weights: Float32Array,
  gradients: Float32Array,
  first: Float32Array,
  second: Float32Array,
  step: number,
): void {
  const [undoFirst, undoSecond] = [1 / (1 - 0.9 ** step), 1 / (1 - 0.999 ** step)]
  for (let k = 0; k < weights.length; k++) {
    const g = gradients[k]!
    const m = 0.9 * first[k]! + 0.1 * g
    const v = 0.999 * second[k]! + 0.001 * g * g
    first[k] = m
    second[k] = v
    weights[k] = weights[k]! - (0.001 * undoFirst * m) / (Math.sqrt(v * undoSecond) + 1e-8)
  }
}

export function adagradRows(
  table: Float32Array,
  width: number,
  ids: Uint32Array,
  rows: Float32Array,
  squares: Float32Array,
): void {
  for (let place = 0; place < ids.length; place++) {
    const to = ids[place]! * width
    for (let k = 0; k < width; k++) {
      const g = rows[place * width + k]!
      const sum = squares[to + k]! + g * g
      squares[to + k] = sum
      table[to + k] = table[to + k]! - (0.01 * g) / (Math.sqrt(sum) + 1e-10)
    }
  }
}

export function addHistogram(
  bins: Uint8Array,
  featureCount: number,
  rows: Uint32Array,
  gradients: Float32Array,
  histogram: Float64Array,
): void {
  for (const row of rows) {
    const [gradient, curvature] = [gradients[2 * row]!, gradients[2 * row + 1]!]
    for (let feature = 0; feature < featureCount; feature++) {
      const at = (feature * 256 + bins[row * featureCount + feature]!) * 2
      histogram[at] = histogram[at]! + gradient
      histogram[at + 1] = histogram[at + 1]! + curvature
    }
  }
}
