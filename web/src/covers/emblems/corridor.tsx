import type { Motif } from '../brush.ts'
import { each, tenth } from '../geometry.ts'

/** Frames within frames, and somebody at the end of them: thriller, mystery. */
export const corridor: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const count = 6
  const drift = chance.between(-16, 16)
  const turn = chance.between(-7, 7)
  const colours = [palette.far, palette.ground, palette.main] as const
  return (
    <>
      {each(count).map((n) => {
        const share = 1 - n / count
        const [w, h] = [tenth(r * 2.5 * share), tenth(r * 3.3 * share)]
        const [cx, cy] = [x + drift * (1 - share), y]
        return (
          <rect
            key={n}
            x={tenth(cx - w / 2)}
            y={tenth(cy - h / 2)}
            width={w}
            height={h}
            fill={n === count - 1 ? palette.accent : colours[n % 3]}
            transform={`rotate(${tenth(turn * n)} ${cx} ${cy})`}
          />
        )
      })}
      <path
        d={`M${tenth(x + drift * 0.84)} ${tenth(y - r * 0.16)}v${tenth(r * 0.42)}`}
        stroke={palette.ground}
        stroke-width={tenth(r * 0.14)}
        stroke-linecap="round"
      />
    </>
  )
}
