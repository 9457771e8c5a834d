import type { Face } from '../items/face.ts'
import { height, width } from './brush.ts'
import { coverChance } from './colours.ts'
import { layoutOf } from './layout.ts'
import { motifOf, tellingFirst } from './motif-of.ts'
import { paletteOf } from './palette.ts'

/** The picture of a cover without its title, cut to whatever it has to fill. */
export function WideArt({ face }: { readonly face: Face }) {
  const chance = coverChance(face)
  const genres = tellingFirst(face.genres)
  const palette = paletteOf(genres, chance)
  // Draws as much chance as the cover does, so that it is the same picture.
  layoutOf(face.title, face.year, chance)
  const motif = motifOf(genres, chance)
  return (
    <svg
      class="wide-art"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      focusable="false"
    >
      <rect width={width} height={height} fill={palette.ground} />
      {motif({ chance, palette, focus: { x: 100, y: 150, r: 60 } })}
    </svg>
  )
}
