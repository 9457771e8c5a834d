import type { Motif } from '../brush.ts'
import { each, tenth } from '../geometry.ts'

/** A boat on the waves under a moon: adventure, romance. */
export const sails: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const sea = y + r * 0.4
  const at = x + chance.between(-28, 28)
  const tall = r * chance.between(0.8, 1.1)
  const lean = Math.round(chance.between(-9, 9))
  return (
    <>
      <circle
        cx={chance.between(45, 155)}
        cy={y - r * 0.45}
        r={r * chance.between(0.28, 0.5)}
        fill={palette.accent}
      />
      <g transform={`rotate(${lean} ${tenth(at)} ${tenth(sea)})`}>
        <path
          d={`M${tenth(at + 3)} ${tenth(sea - 10)}V${tenth(sea - tall)}q46 ${tenth(tall * 0.5)} 40 ${tenth(tall - 12)}z`}
          fill={palette.spark}
        />
        <path
          d={`M${tenth(at - 4)} ${tenth(sea - 10)}V${tenth(sea - tall * 0.8)}l-30 ${tenth(tall * 0.8 - 10)}z`}
          fill={palette.main}
        />
        <path
          d={`M${tenth(at - 38)} ${tenth(sea - 6)}h82q-8 24 -26 24h-36q-14 0 -20 -24z`}
          fill={palette.far}
        />
      </g>
      {each(4).map((n) => {
        const top = tenth(sea + 6 + n * r * 0.28)
        const shift = tenth(chance.between(-40, 0))
        return (
          <path
            key={n}
            d={`M${shift} ${top}q15 -14 30 0t30 0t30 0t30 0t30 0t30 0t30 0t30 0V330H${shift}z`}
            fill={n % 2 === 0 ? palette.main : palette.far}
          />
        )
      })}
    </>
  )
}
