import type { Motif } from '../brush.ts'
import { each, tenth } from '../geometry.ts'

/** Lines of a map or a measurement: documentaries and history. */
export const strata: Motif = ({ chance, palette, focus }) => {
  const lineCount = 15
  const [a, b] = [chance.between(0.012, 0.022), chance.between(0.03, 0.05)]
  const phase = chance.between(0, 6)
  const middle = chance.between(0.3, 0.7) * 200
  const lines = each(lineCount).map((line) => {
    const base = focus.y + ((line - lineCount / 2) / lineCount) * focus.r * 2.4
    const points = each(26).map((step) => {
      const x = step * 8.4 - 4
      const hill = Math.exp(-(((x - middle) / 46) ** 2)) * focus.r * 0.5
      const wave = Math.sin(x * a + phase + line * 0.22) * 9 + Math.sin(x * b + line * 0.5) * 3
      return `${tenth(x)} ${tenth(base + wave - hill)}`
    })
    return `M${points.join('L')}`
  })
  return (
    <>
      <circle cx={middle} cy={focus.y - focus.r * 0.42} r={focus.r * 0.34} fill={palette.accent} />
      {lines.map((line, index) => (
        <path
          key={line}
          d={`${line}V330H-4z`}
          fill={index % 2 === 0 ? palette.ground : palette.far}
          stroke={index % 4 === 0 ? palette.spark : palette.main}
          stroke-width={index % 4 === 0 ? 1.8 : 1}
        />
      ))}
    </>
  )
}
