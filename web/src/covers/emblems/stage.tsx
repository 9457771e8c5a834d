import type { Motif } from '../brush.ts'
import { each, tenth } from '../geometry.ts'

/** A curtain that opens on a spot of light: comedy, drama. */
export const stage: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const gap = r * chance.between(0.35, 0.6)
  const folds = 5
  const side = (sign: 1 | -1) =>
    each(folds).map((n) => {
      const edge = x + sign * (gap + n * 24)
      const sway = sign * chance.between(4, 16)
      return (
        <path
          key={`${sign} ${n}`}
          d={`M${tenth(edge)} -5q${tenth(-sway)} 150 ${tenth(sway)} 315h${sign * 40}V-5z`}
          fill={n % 2 === 0 ? palette.main : palette.far}
        />
      )
    })
  return (
    <>
      <ellipse cx={x} cy={y + r * 0.55} rx={gap * 1.25} ry={r * 0.2} fill={palette.accent} />
      <circle cx={x} cy={y + r * 0.2} r={r * 0.2} fill={palette.spark} />
      {side(-1)}
      {side(1)}
    </>
  )
}
