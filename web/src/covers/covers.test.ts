import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { chanceOf } from './chance.ts'
import { titleSize } from './layout.ts'
import { paletteOf } from './palette.ts'

describe('covers', () => {
  it('are drawn by a chance that falls the same way for the same seed, and evenly', () => {
    const draw = (seed: string) => Array.from({ length: 5 }, chanceOf(seed).next)
    assert.deepEqual(draw('1\nToy Story'), draw('1\nToy Story'))
    assert.notDeepEqual(draw('1\nToy Story'), draw('2\nToy Story'))
    const counts = [0, 0, 0, 0]
    for (let id = 0; id < 4_000; id++) counts[chanceOf(`${id}`).below(4)]!++
    for (const count of counts) assert(count > 850 && count < 1_150, `${counts}`)
  })

  it('have titles that can be read: ink and panel are at least 7:1 apart', () => {
    const genres = ['Horror', 'Comedy', 'Sci-Fi', 'Film-Noir', 'Nobody knows', 'Western', 'Drama']
    for (let id = 0; id < 500; id++) {
      const chance = chanceOf(`${id}`)
      const { panel, ink } = paletteOf([chance.pick(['', ...genres]), genres[id % 7]!], chance)
      const ratio = contrast(luminance(panel), luminance(ink))
      assert(ratio >= 7, `${id}: ${panel} and ${ink} are ${ratio.toFixed(2)}:1 apart`)
    }
  })

  it('set long titles smaller, and no word broader than the line', () => {
    const sizes = ['Up', 'Toy Story', 'The Lord of the Rings: The Return of the King'].map(
      (title) => titleSize(title, 'plain', 46, 84),
    )
    assert.deepEqual(
      sizes,
      [...sizes].sort((a, b) => b - a),
    )
    assert(sizes[0]! > sizes[2]!)
    const size = titleSize('Koyaanisqatsi', 'plain', 46, 84)
    assert('Koyaanisqatsi'.length * size * 0.68 <= 84, 'in broad fonts too')
  })
})

const contrast = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)

/** Relative luminance of an `oklch(...)`, by way of linear sRGB (Ottosson 2020), clipped to it. */
function luminance(oklch: string): number {
  const [lightness = 0, chroma = 0, hue = 0] = [...oklch.matchAll(/[\d.]+/g)].map(Number)
  const [a, b] = [
    chroma * Math.cos((hue * Math.PI) / 180),
    chroma * Math.sin((hue * Math.PI) / 180),
  ]
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (part: number): number => Math.min(1, Math.max(0, part))
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
