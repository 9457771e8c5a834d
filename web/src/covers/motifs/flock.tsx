import type { Motif } from '../brush.ts'
import { each, tenth } from '../geometry.ts'

/** A murmuration: where no genre says what to draw. */
export const flock: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const bend = chance.between(0.6, 1.5) * chance.pick([1, -1])
  const birds = each(90).map(() => {
    // Dense along a bent line, sparse around it.
    const along = chance.between(-1, 1)
    const spread = (chance.next() + chance.next() + chance.next() - 1.5) * (1.1 - along ** 2)
    return {
      x: tenth(x + along * r * 1.15),
      y: tenth(y + Math.sin(along * 2.6) * bend * r * 0.5 + spread * r * 0.55),
      size: tenth(chance.between(1.6, 4.6)),
      turn: Math.round(chance.between(-40, 40)),
    }
  })
  return (
    <>
      <circle cx={x + r * 0.3} cy={y - r * 0.2} r={r * 0.62} fill={palette.far} />
      {birds.map((bird, index) => (
        <path
          key={index}
          d={wings(bird.size)}
          fill={index % 7 === 0 ? palette.accent : palette.spark}
          transform={`translate(${bird.x} ${bird.y}) rotate(${bird.turn})`}
        />
      ))}
    </>
  )
}

/** A bird far away, twice as wide as its size says, around 0 0. */
function wings(size: number): string {
  const [s, half] = [tenth(size), tenth(size * 0.45)]
  const upper = `Q${-half} ${-s} 0 ${half}Q${half} ${-s} ${2 * s} ${-s}`
  return `M${-2 * s} ${-s}${upper}Q${half} ${half} 0 ${s}Q${-half} ${half} ${-2 * s} ${-s}z`
}
