import type { Motif } from '../brush.ts'
import { each, polygon } from '../geometry.ts'

/** An eye between teeth: horror. */
export const fangs: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const count = 5 + chance.below(4)
  const breadth = 200 / count
  const row = (edge: number, down: 1 | -1) =>
    each(count).map((n) => {
      const length = r * chance.between(0.3, 0.58) * down
      return polygon([
        [n * breadth, edge],
        [(n + 0.5) * breadth + chance.between(-5, 5), edge + length],
        [(n + 1) * breadth, edge],
      ])
    })
  const [top, foot] = [y - r * 1.02, y + r * 1.02]
  const wide = r * chance.between(0.5, 0.62)
  const open = wide * chance.between(0.75, 0.98)
  return (
    <>
      <rect x={0} y={0} width={200} height={Math.max(0, top + 1)} fill={palette.main} />
      <rect x={0} y={foot - 1} width={200} height={330} fill={palette.main} />
      {[...row(top, 1), ...row(foot, -1)].map((tooth) => (
        <polygon key={tooth} points={tooth} fill={palette.main} />
      ))}
      <path
        d={`M${x - wide} ${y}Q${x} ${y - open} ${x + wide} ${y}Q${x} ${y + open} ${x - wide} ${y}z`}
        fill={palette.spark}
      />
      <circle cx={x} cy={y} r={wide * 0.4} fill={palette.accent} />
      <ellipse cx={x} cy={y} rx={wide * 0.1} ry={wide * 0.36} fill={palette.panel} />
    </>
  )
}
