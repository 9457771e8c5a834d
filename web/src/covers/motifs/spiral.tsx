import type { Motif } from '../brush.ts'
import { each, polar } from '../geometry.ts'

/** A spiral that pulls inwards, and a keyhole in it: mystery and thrillers. */
export const spiral: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const turns = chance.between(4, 6.5)
  const sense = chance.pick([1, -1])
  const start = chance.between(0, 6)
  const arm = (shift: number) => {
    const points = each(150).map((step) => {
      const share = step / 149
      return polar(x, y, share ** 1.25 * 240, start + shift + sense * share * turns * 2 * Math.PI)
    })
    return `M${points.map((point) => point.join(' ')).join('L')}`
  }
  const key = r * 0.2
  return (
    <>
      <path d={arm(0)} fill="none" stroke={palette.far} stroke-width={15} />
      <path d={arm(Math.PI)} fill="none" stroke={palette.main} stroke-width={7} />
      <circle cx={x} cy={y} r={r * 0.44} fill={palette.accent} />
      <circle cx={x} cy={y - key * 0.45} r={key * 0.72} fill={palette.ground} />
      <path d={keyhole(x, y, key)} fill={palette.ground} />
    </>
  )
}

/** The lower part of a keyhole, wider at its foot. */
function keyhole(x: number, y: number, size: number): string {
  const sides = `l${size * 0.34} ${size * 1.75}h${-size * 1.28}`
  return `M${x - size * 0.3} ${y - size * 0.3}h${size * 0.6}${sides}z`
}
