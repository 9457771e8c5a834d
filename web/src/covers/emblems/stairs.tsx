import type { Motif } from '../brush.ts'
import { each, tenth } from '../geometry.ts'

/** Stairs to a door that stands open: drama, thriller. */
export const stairs: Motif = ({ chance, palette, focus: { y, r } }) => {
  const isLeft = chance.next() < 0.5
  const count = 6 + chance.below(3)
  const [rise, run] = [tenth((r * 1.3) / count), tenth(150 / count)]
  const foot = y + r * 0.95
  const turn = isLeft ? 'translate(200 0) scale(-1 1)' : ''
  const doorX = count * run + 4
  const doorFoot = foot - count * rise
  return (
    <g transform={turn}>
      <path
        d={`M${doorX} ${doorFoot}V${tenth(doorFoot - r * 0.75)}h34V${doorFoot}z`}
        fill={palette.accent}
      />
      <path
        d={`M${doorX} ${doorFoot}h34L${doorX - 30} 320H${doorX - 130}z`}
        fill={palette.accent}
        opacity={0.35}
      />
      {each(count).map((n) => (
        <rect
          key={n}
          x={n * run}
          y={foot - (n + 1) * rise}
          width={200}
          height={320}
          fill={n % 2 === 0 ? palette.main : palette.far}
        />
      ))}
      <rect x={doorX - 4} y={doorFoot} width={100} height={320} fill={palette.far} />
    </g>
  )
}
