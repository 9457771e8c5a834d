import type { Brush, Motif } from '../brush.ts'
import { each, polar, tenth } from '../geometry.ts'

/** Planets between stars: science fiction. */
export const orbits: Motif = (brush) => {
  const { chance, palette } = brush
  const scene = chance.pick([ringed, ringed, system, eclipse])
  return (
    <>
      {each(36).map((star) => (
        <circle
          key={star}
          cx={Math.round(chance.between(3, 197))}
          cy={Math.round(chance.between(3, 297))}
          r={chance.pick([0.7, 0.7, 1.2, 1.8])}
          fill={palette.spark}
          opacity={0.75}
        />
      ))}
      {scene(brush)}
    </>
  )
}

/** A planet with rings, wherever it came to a halt. */
function ringed({ chance, palette, focus }: Brush) {
  const planet = focus.r * chance.between(0.36, 0.62)
  const x = focus.x + chance.between(-34, 34)
  const y = focus.y + chance.between(-14, 14)
  const tilt = Math.round(chance.between(-38, 38))
  const squash = chance.between(0.14, 0.34)
  const ringCount = 1 + chance.below(4)
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
  const [moonX, moonY] = polar(x, y, planet * 1.9, chance.between(0, 6.3))
  return (
    <>
      {ring(1, 'far')}
      <circle cx={x} cy={y} r={planet} fill={palette.main} />
      {shadow(x, y, planet, palette.far)}
      {ring(0, 'near')}
      <circle cx={moonX} cy={moonY} r={chance.between(4, 11)} fill={palette.accent} />
    </>
  )
}

/** A sun and the ways around it, seen from above. */
function system({ chance, palette, focus }: Brush) {
  const x = chance.pick([focus.x, 20, 180])
  const y = focus.y + chance.between(-10, 20)
  const colours = [palette.main, palette.accent, palette.spark] as const
  return (
    <>
      {each(5).map((n) => {
        const way = focus.r * (0.5 + n * 0.34)
        const [cx, cy] = polar(x, y, way, chance.between(0, 6.3))
        return (
          <g key={n}>
            <circle cx={x} cy={y} r={way} fill="none" stroke={palette.far} stroke-width={2} />
            <circle cx={cx} cy={cy} r={chance.between(5, 14)} fill={colours[n % 3]} />
          </g>
        )
      })}
      <circle cx={x} cy={y} r={focus.r * 0.3} fill={palette.accent} />
    </>
  )
}

/** A large body before a small light. */
function eclipse({ chance, palette, focus: { x, y, r } }: Brush) {
  const body = r * chance.between(0.9, 1.15)
  const angle = chance.between(-2.6, -0.5)
  const [sunX, sunY] = polar(x, y + r * 0.35, body * 0.96, angle)
  return (
    <>
      {each(3).map((n) => (
        <circle
          key={n}
          cx={sunX}
          cy={sunY}
          r={r * (0.72 - n * 0.2)}
          fill={palette.accent}
          opacity={0.25 + n * 0.2}
        />
      ))}
      <circle cx={x} cy={y + r * 0.35} r={body} fill={palette.main} />
      {shadow(x, y + r * 0.35, body, palette.far)}
    </>
  )
}

/** The half of a ball that the light does not reach. */
function shadow(x: number, y: number, radius: number, fill: string) {
  const [r, inner] = [tenth(radius), tenth(radius * 0.55)]
  const d = `M${x} ${y - r}a${r} ${r} 0 0 1 0 ${r * 2}a${inner} ${r} 0 0 0 0 ${-r * 2}z`
  return <path d={d} fill={fill} />
}
