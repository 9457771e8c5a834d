import type { Motif } from '../brush.ts'
import { tenth } from '../geometry.ts'

/** Two discs that share something: drama. */
export const overlap: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const radius = r * chance.between(0.58, 0.7)
  const angle = chance.between(-0.9, 0.9)
  const half = radius * chance.between(0.42, 0.72)
  const [dx, dy] = [Math.cos(angle) * half, Math.sin(angle) * half]
  // The lens between them goes through the two points where the circles meet.
  const rise = Math.sqrt(radius ** 2 - half ** 2)
  const [mx, my] = [-Math.sin(angle) * rise, Math.cos(angle) * rise]
  const arc = `A${tenth(radius)} ${tenth(radius)} 0 0`
  const top = `${tenth(x - mx)} ${tenth(y - my)}`
  const foot = `${tenth(x + mx)} ${tenth(y + my)}`
  const horizon = y + chance.between(0.1, 0.5) * r
  return (
    <>
      <rect x={0} y={horizon} width={200} height={330} fill={palette.far} />
      <circle cx={x - dx} cy={y - dy} r={radius} fill={palette.main} />
      <circle cx={x + dx} cy={y + dy} r={radius} fill={palette.accent} />
      <path d={`M${top}${arc} 1 ${foot}${arc} 1 ${top}z`} fill={palette.spark} />
      <path d={`M0 ${tenth(horizon)}H200`} stroke={palette.spark} stroke-width={1.5} />
    </>
  )
}
