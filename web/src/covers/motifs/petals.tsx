import type { Motif } from '../brush.ts'
import { each, tenth } from '../geometry.ts'

/** A flower: romance. */
export const petals: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const count = chance.pick([6, 7, 8, 10, 12])
  const turn = chance.between(0, 60)
  const ring = (length: number, breadth: number, fill: string, shift: number, opacity: number) =>
    each(count).map((petal) => (
      <ellipse
        key={`${shift}-${petal}`}
        cx={x}
        cy={tenth(y - length * 0.62)}
        rx={tenth(breadth)}
        ry={tenth(length * 0.55)}
        fill={fill}
        opacity={opacity}
        transform={`rotate(${tenth(turn + shift + (petal * 360) / count)} ${x} ${y})`}
      />
    ))
  const breadth = (r * 2.1) / count
  return (
    <>
      <path
        d={`M${x} ${y}q${chance.pick([-26, 26])} 110 ${chance.pick([-8, 8])} 260`}
        fill="none"
        stroke={palette.far}
        stroke-width={7}
      />
      {ring(r * 1.08, breadth * 1.15, palette.far, 180 / count, 1)}
      {ring(r * 0.95, breadth, palette.main, 0, 0.85)}
      {ring(r * 0.55, breadth * 0.7, palette.accent, 180 / count, 0.9)}
      <circle cx={x} cy={y} r={r * 0.17} fill={palette.spark} />
    </>
  )
}
