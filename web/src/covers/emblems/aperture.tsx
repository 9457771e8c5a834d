import type { Motif } from '../brush.ts'
import { each, polar, polygon } from '../geometry.ts'

/** The blades of a lens: documentary. */
export const aperture: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const blades = chance.pick([6, 7, 8])
  const open = chance.between(0.24, 0.45)
  const turn = chance.between(0, 1)
  const step = (2 * Math.PI) / blades
  return (
    <>
      <circle cx={x} cy={y} r={r} fill={palette.far} />
      {each(blades).map((n) => {
        const angle = turn + n * step
        return (
          <polygon
            key={n}
            points={polygon([
              polar(x, y, r * open, angle),
              polar(x, y, r * open, angle + step),
              polar(x, y, r * 0.97, angle + step * 1.9),
              polar(x, y, r * 0.97, angle + step * 0.95),
            ])}
            fill={n % 2 === 0 ? palette.main : palette.accent}
            stroke={palette.ground}
            stroke-width={1.5}
          />
        )
      })}
      <circle cx={x} cy={y} r={r} fill="none" stroke={palette.spark} stroke-width={3} />
    </>
  )
}
