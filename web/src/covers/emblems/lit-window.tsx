import type { Motif } from '../brush.ts'
import { each, tenth } from '../geometry.ts'

/** A window with somebody behind it, among dark ones: drama, film noir. */
export const litWindow: Motif = ({ chance, palette, focus: { x, y, r } }) => {
  const [columns, rows] = [3, 4]
  const [w, h] = [46, 58]
  const lit = chance.below(columns) + columns * (1 + chance.below(2))
  const top = y - r * 0.5 - h
  return (
    <>
      {each(columns * rows).map((pane) => {
        const left = x - 76 + (pane % columns) * 53
        const head = tenth(top + Math.floor(pane / columns) * 68)
        const isLit = pane === lit
        return (
          <g key={pane}>
            <rect
              x={left}
              y={head}
              width={w}
              height={h}
              fill={isLit ? palette.accent : palette.far}
            />
            {isLit && (
              <path
                d={`M${left + 10} ${head + h}q0 -22 13 -22t13 22zM${left + 15} ${head + 27}a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z`}
                fill={palette.ground}
              />
            )}
            <path
              d={`M${left + w / 2} ${head}v${h}M${left} ${head + h * 0.45}h${w}`}
              stroke={isLit ? palette.main : palette.ground}
              stroke-width={2}
            />
          </g>
        )
      })}
    </>
  )
}
