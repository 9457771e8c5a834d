import type { Motif } from '../brush.ts'
import { each, polar, polygon, tenth } from '../geometry.ts'

/** Beams that search the sky over a dark ridge: war. */
export const searchlights: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const foot = y + r * 0.9
  const count = 3 + chance.below(2)
  return (
    <>
      {each(count).map((n) => {
        const from = 20 + (160 / (count - 1)) * n
        const angle = -Math.PI / 2 + chance.between(-0.6, 0.6)
        const [left, right] = [angle - 0.1, angle + 0.1].map((way) => polar(from, foot, 330, way))
        return (
          <polygon
            key={n}
            points={polygon([[from, foot], left ?? [0, 0], right ?? [0, 0]])}
            fill={n % 2 === 0 ? palette.main : palette.accent}
            opacity={0.55}
          />
        )
      })}
      <circle cx={x + chance.between(-40, 40)} cy={y - r * 0.5} r={r * 0.1} fill={palette.spark} />
      <path
        d={`M-5 ${tenth(foot)}q50 -28 105 -6t110 -10V320H-5z`}
        fill={palette.far}
        stroke={palette.ground}
        stroke-width={3}
      />
    </>
  )
}
