import type { Motif } from '../brush.ts'
import { each, tenth } from '../geometry.ts'

/** Something that goes by too fast to be seen: action. */
export const speed: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const tilt = Math.round(chance.between(-38, -16)) * chance.pick([1, -1])
  const colours = [palette.main, palette.far, palette.accent] as const
  return (
    <g transform={`rotate(${tilt} ${x} ${y})`}>
      {each(11).map((n) => {
        const top = tenth(y - r + n * r * 0.19)
        const from = tenth(chance.between(-90, 60))
        const length = tenth(chance.between(60, 190))
        return (
          <rect
            key={n}
            x={from}
            y={top}
            width={length}
            height={tenth(r * 0.1)}
            rx={tenth(r * 0.05)}
            fill={colours[n % 3]}
          />
        )
      })}
      <circle cx={x + r * 0.45} cy={y} r={r * 0.3} fill={palette.accent} />
      <circle cx={x + r * 0.52} cy={y} r={r * 0.13} fill={palette.spark} />
    </g>
  )
}
