import type { Motif } from '../brush.ts'
import { each } from '../geometry.ts'

/** Keys, one of them struck: musical. */
export const pianoKeys: Motif = ({ chance, palette, focus: { y, r } }) => {
  const tilt = Math.round(chance.between(-24, 24))
  const struck = 1 + chance.below(6)
  const breadth = 32
  const top = y - r * 0.75
  return (
    <g transform={`rotate(${tilt} 100 ${y})`}>
      {each(12).map((n) => (
        <rect
          key={n}
          x={(n - 2) * breadth}
          y={top}
          width={breadth - 3}
          height={r * 1.6}
          rx={4}
          fill={n - 2 === struck ? palette.accent : palette.main}
        />
      ))}
      {each(12).map((n) =>
        n % 7 === 2 || n % 7 === 6 ? null : (
          <rect
            key={n}
            x={(n - 1) * breadth - 11}
            y={top}
            width={20}
            height={r}
            rx={3}
            fill={palette.ground}
          />
        ),
      )}
    </g>
  )
}
