import type { Face } from '../items/face.ts'
import { height, width } from './brush.ts'
import { coverChance } from './colours.ts'
import { layoutOf } from './layout.ts'
import { motifOf, tellingFirst } from './motif-of.ts'
import { paletteOf } from './palette.ts'

interface CoverProps {
  readonly face: Face
  /** A cover too small to be read has no title. */
  readonly untitled?: boolean
}

/**
 * A cover for whatever has a title: drawn from id, title, genres and year, the same every time.
 * It is a picture: whoever shows it names the item in words beside it.
 */
export function Cover({ face, untitled = false }: CoverProps) {
  const { title, year } = face
  const chance = coverChance(face)
  const genres = tellingFirst(face.genres)
  const palette = paletteOf(genres, chance)
  const layout = layoutOf(title, year, chance)
  const focus = untitled ? { x: 100, y: 150, r: 96 } : layout.focus
  const motif = motifOf(genres, chance)
  return (
    <span class="cover" aria-hidden="true">
      <svg
        class="cover-art"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="xMidYMid slice"
        aria-hidden="true"
      >
        <rect width={width} height={height} fill={palette.ground} />
        {motif({ chance, palette, focus })}
      </svg>
      {!untitled && (
        <span
          class={`cover-title cover-${layout.place} cover-${layout.voice}`}
          style={{
            background: palette.panel,
            color: palette.ink,
            // Below 11 px nobody reads it, however small the cover.
            fontSize: `max(${layout.titleSize}cqi, 0.6875rem)`,
          }}
        >
          <span class="cover-name" style={{ WebkitLineClamp: layout.titleLines }}>
            {title}
          </span>
          {year !== undefined && <span class="cover-year">{year}</span>}
        </span>
      )}
    </span>
  )
}
