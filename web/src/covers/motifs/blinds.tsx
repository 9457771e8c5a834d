import type { Brush, Motif } from '../brush.ts'
import { each, polygon } from '../geometry.ts'

/** Streets and offices at night: crime and film noir. */
export const blinds: Motif = (brush) => brush.chance.pick([lamp, skyline, prints])(brush)

/** A lamp before light that falls through blinds. */
function lamp({ chance, palette, focus }: Brush) {
  const slope = chance.between(30, 70) * chance.pick([1, -1])
  const gap = chance.between(20, 27)
  const x = focus.x + chance.between(-40, 40)
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
          [x - 14, drop],
          [x + 14, drop],
          [x + 96, 320],
          [x - 96, 320],
        ])}
        fill={palette.accent}
        opacity={0.5}
      />
      <path d={`M${x} -5V${drop - 14}`} stroke={palette.spark} stroke-width={2} />
      <path d={`M${x - 26} ${drop}a26 26 0 0 1 52 0z`} fill={palette.main} />
      <circle cx={x} cy={drop + 3} r={7} fill={palette.spark} />
    </>
  )
}

/** Houses with a few windows lit. */
function skyline({ chance, palette, focus }: Brush) {
  const breadth = chance.pick([40, 50, 33.4])
  const houses = each(Math.ceil(200 / breadth)).map((n) => ({
    x: n * breadth,
    top: focus.y + focus.r * chance.between(-0.75, 0.25),
    fill: n % 2 === 0 ? palette.far : palette.main,
  }))
  return (
    <>
      <circle
        cx={chance.between(50, 150)}
        cy={focus.y - focus.r * 0.55}
        r={focus.r * chance.between(0.25, 0.4)}
        fill={palette.accent}
      />
      {houses.map(({ x, top, fill }) => (
        <g key={x}>
          <rect x={x} y={top} width={breadth + 0.5} height={330} fill={fill} />
          {each(24).map((pane) => (
            <rect
              key={pane}
              x={x + breadth * (0.16 + (pane % 3) * 0.26)}
              y={top + 10 + Math.floor(pane / 3) * 17}
              width={breadth * 0.15}
              height={9}
              fill={chance.next() < 0.3 ? palette.accent : palette.ground}
            />
          ))}
        </g>
      ))}
    </>
  )
}

/** The print of a finger. */
function prints({ chance, palette, focus }: Brush) {
  const tilt = Math.round(chance.between(-25, 25))
  const lineCount = 9
  return (
    <g transform={`rotate(${tilt} ${focus.x} ${focus.y})`} fill="none" stroke-linecap="round">
      {each(lineCount).map((n) => {
        const r = focus.r * (0.1 + n * 0.105)
        const length = 2 * Math.PI * r * 1.15
        const gap = length * chance.between(0.05, 0.16)
        return (
          <ellipse
            key={n}
            cx={focus.x}
            cy={focus.y + r * 0.1}
            rx={r * 0.82}
            ry={r * 1.12}
            stroke={n === 4 ? palette.accent : palette.main}
            stroke-width={focus.r * 0.05}
            stroke-dasharray={`${(length * 0.4 - gap).toFixed(1)} ${gap.toFixed(1)}`}
            stroke-dashoffset={(length * chance.next()).toFixed(1)}
          />
        )
      })}
    </g>
  )
}
