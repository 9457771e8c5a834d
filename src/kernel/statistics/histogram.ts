/**
 * How often values of each size came, in bounded memory, whatever comes: the high dynamic range
 * histogram of Gil Tene. Every power of two is cut into 64 equal parts, and a part is read as its
 * middle, so a quantile is off by 1/128 at most, or by half a unit where values are small. Values
 * are whole units from 0 to 2^32 - 1; what is larger counts as that, but for the maximum.
 */
export interface Histogram {
  readonly count: number
  /** Exact. 0 where nothing was recorded. */
  readonly max: number
  readonly mean: number
  record(value: number): void
  /** The least value that this share of all values does not exceed; 0 where there is none. */
  quantile(share: number): number
  /** Takes in all that another recorded. */
  add(other: Histogram): void
  clear(): void
  /** Values with their counts, the smallest first. */
  entries(): Iterable<readonly [value: number, count: number]>
  save(): SavedHistogram
}

/** Plain data: a histogram made from it goes on exactly where this one stood. */
export interface SavedHistogram {
  readonly sum: number
  readonly max: number
  /** Of the parts that hold something: which, and how much. */
  readonly parts: readonly (readonly [part: number, count: number])[]
}

const partBits = 6
const partCount = 2 ** partBits
const largest = 2 ** 32 - 1

/** The part that holds the largest value, and one more. */
const length = partOf(largest) + 1

export function histogram(from: SavedHistogram = { sum: 0, max: 0, parts: [] }): Histogram {
  const counts = new Float64Array(length)
  let { sum, max } = from
  let count = 0
  for (const [part, times] of from.parts) {
    counts[part]! += times
    count += times
  }

  const put = (value: number, times: number): void => {
    counts[partOf(Math.min(largest, Math.max(0, Math.round(value))))]! += times
    count += times
  }

  function* entries(): Iterable<readonly [number, number]> {
    for (let part = 0; part < length; part++) {
      if (counts[part]! > 0) yield [Math.min(middleOf(part), max), counts[part]!]
    }
  }

  return {
    get count() {
      return count
    },
    get max() {
      return max
    },
    get mean() {
      return count === 0 ? 0 : sum / count
    },
    record(value) {
      put(value, 1)
      sum += value
      if (value > max) max = value
    },
    quantile(share) {
      let left = Math.max(1, Math.ceil(share * count))
      for (const [value, times] of entries()) {
        left -= times
        if (left <= 0) return value
      }
      return max
    },
    add(other) {
      for (const [value, times] of other.entries()) put(value, times)
      sum += other.mean * other.count
      max = Math.max(max, other.max)
    },
    clear() {
      counts.fill(0)
      count = sum = max = 0
    },
    entries,
    save: () => ({
      ...{ sum, max },
      parts: [...counts.entries()].filter(([, times]) => times > 0),
    }),
  }
}

/** Below two times 64 every value has a part of its own; above, 64 parts share a power of two. */
function partOf(value: number): number {
  const shift = Math.max(0, 31 - Math.clz32(value) - partBits)
  return shift * partCount + (value >>> shift)
}

function middleOf(part: number): number {
  const shift = Math.max(0, Math.floor(part / partCount) - 1)
  const first = (part - shift * partCount) * 2 ** shift
  return first + (2 ** shift - 1) / 2
}
