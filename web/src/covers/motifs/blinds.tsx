import type { Motif } from '../brush.ts'
import { each, polygon } from '../geometry.ts'

/** Light through blinds, and a lamp: crime and film noir. */
export const blinds: Motif = ({ chance, palette, focus }) => {
  const slope = chance.between(30, 70) * chance.pick([1, -1])
  const gap = chance.between(20, 27)
  const lampX = focus.x + chance.between(-40, 40)
  const drop = focus.y - focus.r * 0.35
  return (
    <>
      {each(18).map((slat) => {
        const y = slat * gap - 60
        const points = [
          [0, y],
          [200, y + slope],
          [200, y + slope + gap * 0.46],
          [0, y + gap * 0.46],
        ] as const
        return <polygon key={slat} points={polygon(points)} fill={palette.far} />
      })}
      <polygon
        points={polygon([
          [lampX - 14, drop],
          [lampX + 14, drop],
          [lampX + 96, 320],
          [lampX - 96, 320],
        ])}
        fill={palette.accent}
        opacity={0.5}
      />
      <path d={`M${lampX} -5V${drop - 14}`} stroke={palette.spark} stroke-width={2} />
      <path d={`M${lampX - 26} ${drop}a26 26 0 0 1 52 0z`} fill={palette.main} />
      <circle cx={lampX} cy={drop + 3} r={7} fill={palette.spark} />
    </>
  )
}
