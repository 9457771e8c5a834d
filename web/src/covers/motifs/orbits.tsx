import type { Motif } from '../brush.ts'
import { each, polar, tenth } from '../geometry.ts'

/** A planet, its rings and its moons: science fiction. */
export const orbits: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const planet = r * chance.between(0.42, 0.56)
  const tilt = Math.round(chance.between(-34, 34))
  const squash = chance.between(0.16, 0.32)
  const ringCount = 2 + chance.below(3)
  // The planet hides the far half of a ring, and the near half hides the planet.
  const ring = (sweep: 0 | 1, half: string) =>
    each(ringCount).map((n) => {
      const wide = tenth(planet * (1.42 + n * 0.24))
      return (
        <path
          key={`${half}-${n}`}
          d={`M${x - wide} ${y}a${wide} ${tenth(wide * squash)} 0 0 ${sweep} ${wide * 2} 0`}
          fill="none"
          stroke={n % 2 === 0 ? palette.accent : palette.spark}
          stroke-width={n === 0 ? 5 : 2}
          transform={`rotate(${tilt} ${x} ${y})`}
        />
      )
    })
  return (
    <>
      {each(40).map((star) => (
        <circle
          key={star}
          cx={Math.round(chance.between(3, 197))}
          cy={Math.round(chance.between(3, 297))}
          r={chance.pick([0.7, 0.7, 1.2, 1.8])}
          fill={palette.spark}
          opacity={0.75}
        />
      ))}
      {ring(1, 'back')}
      <circle cx={x} cy={y} r={planet} fill={palette.main} />
      <path
        d={`M${x} ${y - planet}a${planet} ${planet} 0 0 1 0 ${planet * 2}a${planet * 0.55} ${planet} 0 0 0 0 ${-planet * 2}z`}
        fill={palette.far}
      />
      {ring(0, 'front')}
      {each(2).map((moon) => {
        const [cx, cy] = polar(x, y, r * chance.between(0.92, 1.1), chance.between(0, 6.3))
        return <circle key={moon} cx={cx} cy={cy} r={5 + moon * 4} fill={palette.accent} />
      })}
    </>
  )
}
