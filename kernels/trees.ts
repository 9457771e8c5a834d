// Histograms of gradients, of which decision trees are grown.

/** Of each feature, and bytes of one: the sum of gradients, and that of curvatures. */
const binCount: usize = 256
const binBytes: usize = 16

/**
 * Adds the gradients of `count` rows to their bins.
 *
 * `bins` holds a byte per feature, row by row: a row lies in one or two lines of the cache, while
 * feature by feature each of its bytes would be fetched alone. `gradients` holds pairs of single
 * precision by row; the histogram pairs of double precision, 256 per feature.
 */
export function addHistogram(
  bins: usize,
  featureCount: i32,
  rows: usize,
  count: i32,
  gradients: usize,
  histogram: usize,
): void {
  const width = <usize>featureCount
  const end = rows + (<usize>count << 2)
  for (; rows < end; rows += 4) {
    const row = <usize>load<u32>(rows)
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(gradients + (row << 3)))
    let bin = bins + row * width
    const last = bin + width
    let feature = histogram
    for (; bin < last; bin++) {
      const at = feature + <usize>load<u8>(bin) * binBytes
      v128.store(at, f64x2.add(v128.load(at), pair))
      feature += binCount * binBytes
    }
  }
}

/** from -= less, `count` numbers of double precision; the count is even. */
export function subtractHistogram(from: usize, less: usize, count: i32): void {
  const end = from + (<usize>count << 3)
  for (; from < end; from += 16) {
    v128.store(from, f64x2.sub(v128.load(from), v128.load(less)))
    less += 16
  }
}

/**
 * Puts the rows whose bin is at most `most` first, and the others behind; both stay in their
 * order. `spare` has place for all of them. Returns how many come first.
 */
export function partition(
  bins: usize,
  featureCount: i32,
  feature: i32,
  most: u32,
  rows: usize,
  count: i32,
  spare: usize,
): i32 {
  const column = bins + <usize>feature
  const width = <usize>featureCount
  let first = rows
  let other = spare
  for (let place = 0; place < count; place++) {
    const row = load<u32>(rows + (<usize>place << 2))
    // Written to both, and kept in one: a branch would be guessed wrong half of the time.
    const goesFirst = <usize>(<u32>load<u8>(column + <usize>row * width) <= most)
    store<u32>(first, row)
    store<u32>(other, row)
    first += goesFirst << 2
    other += (1 - goesFirst) << 2
  }
  memory.copy(first, spare, other - spare)
  return <i32>((first - rows) >> 2)
}
