import type { Brush, Motif } from '../brush.ts'
import { height, width } from '../brush.ts'
import { each, polygon } from '../geometry.ts'

type Points = readonly (readonly [number, number])[]

/** A sun over mountains: adventure. */
export const peaks: Motif = (brush) => landscape(brush, sharp)

/** A striped sun over mesas: westerns. */
export const mesas: Motif = (brush) => landscape(brush, flat)

function landscape(brush: Brush, ridge: typeof sharp) {
  const { chance, palette, focus } = brush
  const radius = focus.r * chance.between(0.42, 0.6)
  const x = focus.x + chance.between(-32, 32)
  const y = focus.y - focus.r * 0.12
  const base = focus.y + focus.r * 0.25
  const stripeCount = ridge === flat ? 5 : 0
  return (
    <>
      <circle cx={x} cy={y} r={radius} fill={palette.accent} />
      {each(stripeCount).map((stripe) => (
        <rect
          key={stripe}
          x={0}
          y={y + radius * (0.1 + stripe * 0.2)}
          width={width}
          height={1.5 + stripe * 1.4}
          fill={palette.ground}
        />
      ))}
      <polygon points={polygon(ridge(brush, base, focus.r * 0.55))} fill={palette.far} />
      <polygon points={polygon(ridge(brush, base + 26, focus.r * 0.4))} fill={palette.main} />
      <polygon points={polygon(ridge(brush, base + 56, focus.r * 0.3))} fill={palette.spark} />
    </>
  )
}

const closed = (points: Points): Points => [[-20, height], ...points, [width + 20, height]]

function sharp({ chance }: Brush, base: number, rise: number): Points {
  const count = 4 + chance.below(3)
  return closed(
    each(count * 2 + 1).map((n) => {
      const high = n % 2 === 1 ? chance.between(0.5, 1) : chance.between(-0.1, 0.15)
      return [(n / (count * 2)) * 260 - 30, base - rise * high]
    }),
  )
}

function flat({ chance }: Brush, base: number, rise: number): Points {
  const points: [number, number][] = []
  for (let x = -20 + chance.between(0, 40); x < width; ) {
    const breadth = chance.between(28, 70)
    const top = base - rise * chance.between(0.45, 1)
    points.push([x, base], [x + 7, top], [x + breadth - 7, top], [x + breadth, base])
    x += breadth + chance.between(14, 46)
  }
  return closed([[-20, base], ...points, [width + 20, base]])
}
