import type { Motif } from '../brush.ts'
import { each, polygon } from '../geometry.ts'

/** Chevrons under a hard sun: war. */
export const chevrons: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const count = 4 + chance.below(2)
  const thick = r * chance.between(0.2, 0.27)
  const drop = r * chance.between(0.5, 0.75)
  const colours = [palette.main, palette.far, palette.accent]
  return (
    <>
      <circle cx={x} cy={y - r * 0.5} r={r * 0.42} fill={palette.accent} />
      {each(count + 3).map((n) => {
        const top = y - r * 0.3 + n * thick * 1.55
        return (
          <polygon
            key={n}
            points={polygon([
              [-10, top + drop],
              [x, top],
              [210, top + drop],
              [210, top + drop + thick],
              [x, top + thick],
              [-10, top + drop + thick],
            ])}
            fill={colours[n % 2]}
          />
        )
      })}
      <circle cx={x} cy={y - r * 0.5} r={r * 0.14} fill={palette.spark} />
    </>
  )
}
