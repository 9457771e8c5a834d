import type { Motif } from '../brush.ts'
import { each, tenth } from '../geometry.ts'

/** A face that finds something funny: comedy. */
export const smile: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const tilt = Math.round(chance.between(-18, 18))
  const head = tenth(r * 0.82)
  const [eye, mouth] = [tenth(head * 0.34), tenth(head * 0.6)]
  const isWinking = chance.next() < 0.4
  return (
    <>
      {each(14).map((dot) => (
        <circle
          key={dot}
          cx={tenth(chance.between(5, 195))}
          cy={tenth(chance.between(5, 295))}
          r={chance.pick([3, 5, 8])}
          fill={chance.pick([palette.far, palette.far, palette.accent])}
        />
      ))}
      <g transform={`rotate(${tilt} ${x} ${y})`}>
        <circle cx={x} cy={y} r={head} fill={palette.main} />
        <path
          d={`M${x - mouth} ${tenth(y + head * 0.12)}a${mouth} ${mouth} 0 0 0 ${mouth * 2} 0z`}
          fill={palette.ground}
        />
        <circle cx={x - eye} cy={tenth(y - head * 0.25)} r={head * 0.12} fill={palette.ground} />
        {isWinking ? (
          <path
            d={`M${x + eye - 9} ${tenth(y - head * 0.25)}h18`}
            stroke={palette.ground}
            stroke-width={5}
            stroke-linecap="round"
          />
        ) : (
          <circle cx={x + eye} cy={tenth(y - head * 0.25)} r={head * 0.12} fill={palette.ground} />
        )}
      </g>
    </>
  )
}
