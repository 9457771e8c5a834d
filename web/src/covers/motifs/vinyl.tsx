import type { Motif } from '../brush.ts'
import { each } from '../geometry.ts'

/** A record and its loudness: musicals. */
export const vinyl: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const radius = r * chance.between(0.78, 0.95)
  const cx = x + chance.between(-30, 30)
  const barCount = 13
  const step = 200 / barCount
  return (
    <>
      {each(barCount).map((bar) => {
        const tall = r * (0.25 + Math.abs(Math.sin(bar * 0.9 + chance.next() * 2)) * 0.9)
        return (
          <rect
            key={bar}
            x={bar * step + 2}
            y={y + r * 1.05 - tall}
            width={step - 4}
            height={tall + 200}
            rx={3}
            fill={palette.far}
          />
        )
      })}
      <circle cx={cx} cy={y} r={radius} fill={palette.main} />
      {each(6).map((groove) => (
        <circle
          key={groove}
          cx={cx}
          cy={y}
          r={radius * (0.9 - groove * 0.085)}
          fill="none"
          stroke={palette.ground}
          stroke-width={groove % 2 === 0 ? 1.6 : 0.8}
        />
      ))}
      <circle cx={cx} cy={y} r={radius * 0.34} fill={palette.accent} />
      <circle cx={cx} cy={y} r={radius * 0.06} fill={palette.ground} />
      <path
        d={`M${cx + radius * 1.05} ${y - radius}L${cx + radius * 0.66} ${y - radius * 0.1}`}
        stroke={palette.spark}
        stroke-width={4}
        stroke-linecap="round"
      />
    </>
  )
}
