import type { Motif } from '../brush.ts'
import { each, polygon } from '../geometry.ts'

/** Spires under a moon: fantasy. */
export const towers: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const moon = r * chance.between(0.36, 0.5)
  const moonX = x + chance.between(-36, 36)
  const moonY = y - r * 0.36
  const spireCount = 6 + chance.below(3)
  const spires = each(spireCount).map((n) => {
    const middle = (n + 0.5) * (200 / spireCount) + chance.between(-6, 6)
    const centred = 1 - Math.abs(middle - x) / 130
    return {
      middle,
      half: chance.between(8, 14),
      top: y + r * 0.75 - centred * r * chance.between(0.5, 1),
      front: n % 2 === 0,
    }
  })
  return (
    <>
      {each(26).map((star) => (
        <circle
          key={star}
          cx={Math.round(chance.between(4, 196))}
          cy={Math.round(chance.between(y - r * 1.3, y + r * 0.6))}
          r={chance.pick([0.9, 1.3, 2])}
          fill={palette.spark}
        />
      ))}
      <circle cx={moonX} cy={moonY} r={moon} fill={palette.accent} />
      <circle
        cx={moonX + moon * 0.4}
        cy={moonY - moon * 0.14}
        r={moon * 0.84}
        fill={palette.ground}
      />
      {spires.map(({ middle, half, top, front }) => (
        <g key={middle} fill={front ? palette.main : palette.far}>
          <rect x={middle - half} y={top} width={half * 2} height={330} />
          <polygon
            points={polygon([
              [middle - half - 4, top],
              [middle, top - half * 3.4],
              [middle + half + 4, top],
            ])}
          />
          <rect
            x={middle - 1.8}
            y={top + 11}
            width={3.6}
            height={9}
            rx={1.8}
            fill={palette.spark}
          />
        </g>
      ))}
    </>
  )
}
