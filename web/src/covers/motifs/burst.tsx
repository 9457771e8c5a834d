import type { Motif } from '../brush.ts'
import { each, polar, polygon } from '../geometry.ts'

/** Rays from one point: action. */
export const burst: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const rayCount = 9 + chance.below(8)
  const turn = chance.between(0, 1)
  const step = (2 * Math.PI) / rayCount
  const core = r * chance.between(0.28, 0.42)
  const spikeCount = 11 + chance.below(6)
  const star = each(spikeCount * 2).map((tip) =>
    polar(x, y, tip % 2 === 0 ? core * 1.7 : core * 1.05, (tip * Math.PI) / spikeCount + turn),
  )
  return (
    <>
      {each(rayCount).map((ray) => {
        const angle = turn + ray * step
        const points = [
          [x, y],
          polar(x, y, 420, angle),
          polar(x, y, 420, angle + step / 2),
        ] as const
        return <polygon key={ray} points={polygon(points)} fill={palette.far} />
      })}
      <polygon points={polygon(star)} fill={palette.main} />
      <circle cx={x} cy={y} r={core} fill={palette.accent} />
      <circle cx={x} cy={y} r={core * 0.45} fill={palette.spark} />
    </>
  )
}
