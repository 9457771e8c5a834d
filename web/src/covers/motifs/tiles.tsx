import type { Motif } from '../brush.ts'
import { each } from '../geometry.ts'

/** Quarter and half circles on a grid: comedy. */
export const tiles: Motif = ({ chance, palette }) => {
  const side = chance.pick([50, 40, 66.7])
  const columns = Math.round(200 / side)
  const rows = Math.ceil(300 / side)
  const colours = [palette.main, palette.accent, palette.far, palette.spark] as const
  return each(columns * rows).map((tile) => {
    const x = (tile % columns) * side
    const y = Math.floor(tile / columns) * side
    const turn = `rotate(${chance.below(4) * 90} ${x + side / 2} ${y + side / 2})`
    const fill = chance.pick([...colours, palette.main, palette.accent])
    switch (chance.below(5)) {
      case 0:
        return <circle key={tile} cx={x + side / 2} cy={y + side / 2} r={side * 0.3} fill={fill} />
      case 1:
        return (
          <path
            key={tile}
            d={`M${x} ${y + side / 2}a${side / 2} ${side / 2} 0 0 1 ${side} 0z`}
            fill={fill}
            transform={turn}
          />
        )
      case 2:
        return null
      default:
        return (
          <path
            key={tile}
            d={`M${x} ${y}h${side}a${side} ${side} 0 0 1 ${-side} ${side}z`}
            fill={fill}
            transform={turn}
          />
        )
    }
  })
}
