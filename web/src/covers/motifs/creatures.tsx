import type { Brush, Motif } from '../brush.ts'
import { each } from '../geometry.ts'

/** Round fellows with eyes: animation, and films for children. */
export const creatures: Motif = (brush) => {
  const { chance, palette, focus } = brush
  const colours = [palette.main, palette.accent, palette.far]
  const places = [
    [-0.62, 0.3, 0.5],
    [0.6, 0.42, 0.46],
    [-0.02, -0.2, 0.62],
    [0.35, 0.85, 0.36],
  ] as const
  const first = chance.below(3)
  return places.slice(0, 3 + chance.below(2)).map(([dx, dy, size], index) => {
    const r = focus.r * size * chance.between(0.85, 1.1)
    const x = focus.x + dx * focus.r + chance.between(-6, 6)
    const y = focus.y + dy * focus.r + chance.between(-6, 6)
    const fill = colours[(index + first) % 3] ?? palette.main
    return (
      <g key={`${dx}`}>
        <rect
          x={x - r}
          y={y - r}
          width={r * 2}
          height={r * 2}
          rx={r * chance.pick([1, 0.62, 0.4])}
          fill={fill}
          transform={`rotate(${Math.round(chance.between(-16, 16))} ${x} ${y})`}
        />
        {eyes(brush, x, y, r)}
      </g>
    )
  })
}

function eyes({ chance, palette }: Brush, x: number, y: number, r: number) {
  const count = chance.pick([2, 2, 2, 1, 3])
  const size = r * (count === 1 ? 0.36 : 0.24)
  const [lookX, lookY] = [chance.between(-0.4, 0.4), chance.between(-0.3, 0.4)]
  const [white, pupil] = isNight(palette.ink)
    ? [palette.spark, palette.panel]
    : [palette.panel, palette.ink]
  return each(count).map((eye) => {
    const cx = x + (eye - (count - 1) / 2) * size * 2.3
    const cy = y - r * 0.12
    return (
      <g key={eye}>
        <circle cx={cx} cy={cy} r={size} fill={white} />
        <circle cx={cx + lookX * size} cy={cy + lookY * size} r={size * 0.5} fill={pupil} />
      </g>
    )
  })
}

/** Night palettes have a light ink. */
const isNight = (ink: string): boolean => ink.startsWith('oklch(0.9')
