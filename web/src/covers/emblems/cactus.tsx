import type { Motif } from '../brush.ts'
import { tenth } from '../geometry.ts'

/** A cactus at dusk: western. */
export const cactus: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const foot = tenth(y + r * 0.8)
  const at = tenth(x + chance.between(-30, 30))
  const [left, right] = [chance.between(0.1, 0.5), chance.between(0.1, 0.5)].map((share) =>
    tenth(y + r * (share - 0.1)),
  )
  const thick = tenth(r * 0.2)
  return (
    <>
      <circle
        cx={x - (at - x) * 1.2}
        cy={y - r * 0.15}
        r={r * chance.between(0.45, 0.65)}
        fill={palette.accent}
      />
      <rect x={0} y={foot} width={200} height={300} fill={palette.far} />
      <g fill="none" stroke={palette.main} stroke-width={thick} stroke-linecap="round">
        <path d={`M${at} ${foot}V${tenth(y - r * 0.55)}`} />
        <path
          d={`M${at} ${left}h${tenth(-r * 0.34)}v${tenth(-r * 0.34)}`}
          stroke-linejoin="round"
        />
        <path d={`M${at} ${right}h${tenth(r * 0.34)}v${tenth(-r * 0.4)}`} stroke-linejoin="round" />
      </g>
    </>
  )
}
