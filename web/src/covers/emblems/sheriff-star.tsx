import type { Motif } from '../brush.ts'
import { each, polar, polygon } from '../geometry.ts'

/** A star of tin before the sun: western. */
export const sheriffStar: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const points = chance.pick([5, 6, 7])
  const turn = chance.between(-0.25, 0.25) - Math.PI / 2
  const tips = each(points * 2).map((n) =>
    polar(x, y, n % 2 === 0 ? r * 0.78 : r * 0.4, turn + (n * Math.PI) / points),
  )
  return (
    <>
      <circle cx={x} cy={y} r={r} fill={palette.far} />
      <polygon
        points={polygon(tips)}
        fill={palette.accent}
        stroke={palette.main}
        stroke-width={4}
      />
      {tips
        .filter((_, n) => n % 2 === 0)
        .map(([cx, cy]) => (
          <circle key={`${cx} ${cy}`} cx={cx} cy={cy} r={r * 0.08} fill={palette.main} />
        ))}
      <circle cx={x} cy={y} r={r * 0.2} fill="none" stroke={palette.main} stroke-width={3} />
    </>
  )
}
