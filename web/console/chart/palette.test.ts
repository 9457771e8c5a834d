import assert from 'node:assert/strict'
import { it } from 'node:test'
import { chartInk, seriesColours } from './palette.ts'

type Three = readonly [number, number, number]

const linear = (hex: string): Three =>
  [1, 3, 5].map((place) => {
    const part = Number.parseInt(hex.slice(place, place + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as unknown as Three // Three places, three numbers.

const times = (matrix: readonly Three[], [r, g, b]: Three): Three =>
  matrix.map(([x, y, z]) => Math.min(1, Math.max(0, x * r + y * g + z * b))) as unknown as Three

/** Machado, Oliveira and Fernandes 2009, severity 1: what each eye makes of linear RGB. */
const eyes: Readonly<Record<string, readonly Three[]>> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
}

/** CIE 1976 L*a*b*, D65. */
function lab([r, g, b]: Three): Three {
  const bent = (t: number) => (t > 216 / 24_389 ? Math.cbrt(t) : (24_389 / 27 / 116) * t + 16 / 116)
  const x = bent((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505)
  const y = bent(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = bent((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const luminance = ([r, g, b]: Three) => 0.2126 * r + 0.7152 * g + 0.0722 * b

for (const theme of ['light', 'dark'] as const) {
  const colours = seriesColours[theme]

  it(`holds ${theme} series 3:1 from their ground`, () => {
    for (const colour of colours) {
      const [low, high] = [
        luminance(linear(colour)),
        luminance(linear(chartInk[theme].ground)),
      ].sort((a, b) => a - b)
      const ratio = ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
      assert(ratio >= 3, `${colour}: ${ratio.toFixed(2)}`)
    }
  })

  it(`tells ${theme} series apart for every eye`, () => {
    for (const [eye, matrix] of Object.entries(eyes)) {
      const seen = colours.map((colour) => lab(times(matrix, linear(colour))))
      for (const [place, one] of seen.entries()) {
        for (const [other, two] of seen.entries()) {
          if (other <= place) continue
          const far = Math.hypot(...one.map((value, axis) => value - (two[axis] ?? 0)))
          const least = place < 4 && other < 4 ? 18 : 9
          const pair = `${colours[place]} and ${colours[other]}, ${eye}: ${far.toFixed(1)}`
          assert(far >= least, pair)
        }
      }
    }
  })
}
