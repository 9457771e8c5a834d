import { chanceOf } from '../../covers/chance.ts'
import { each, tenth } from '../../covers/geometry.ts'
import { hueOf } from './channel-hue.ts'

interface StoryArtProps {
  readonly id: string
  readonly channel: string
}

const breadth = 320
const height = 200

/**
 * The picture of a story, drawn from its record: paper in the channel's colour and a few quiet
 * shapes, the same every time. Nobody is to take it for a photograph.
 */
export function StoryArt({ id, channel }: StoryArtProps) {
  const chance = chanceOf(`${id} story`)
  const hue = hueOf(channel) + chance.between(-14, 14)
  const draw = chance.pick([hills, columns, rings, weave, steps])
  return (
    <svg
      class="story-art"
      viewBox={`0 0 ${breadth} ${height}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      focusable="false"
      style={{ '--hue': `${Math.round(hue)}` }}
    >
      <rect class="art-ground" width={breadth} height={height} />
      {draw(chance)}
    </svg>
  )
}

type Chance = ReturnType<typeof chanceOf>

const tones = ['art-far', 'art-mid', 'art-near'] as const

function hills(chance: Chance) {
  const sun = { x: chance.between(60, 260), y: chance.between(40, 90), r: chance.between(16, 34) }
  return (
    <>
      <circle class="art-spark" cx={tenth(sun.x)} cy={tenth(sun.y)} r={tenth(sun.r)} />
      {tones.map((tone, layer) => {
        const base = 96 + layer * 34
        const [a, b, c] = [0, 1, 2].map(() => tenth(base + chance.between(-34, 26)))
        const line = `M0 ${a}C80 ${tenth(a! - 40)} 110 ${tenth(b! + 30)} 170 ${b}S280 ${c} 320 ${a}`
        return <path key={tone} class={tone} d={`${line}V200H0z`} />
      })}
    </>
  )
}

function columns(chance: Chance) {
  const count = 7 + chance.below(6)
  return each(count).map((place) => {
    const tall = chance.between(30, 150)
    const wide = breadth / count
    return (
      <rect
        key={place}
        class={place === count - 2 ? 'art-spark' : chance.pick(tones)}
        x={tenth(place * wide + 3)}
        y={tenth(height - tall)}
        width={tenth(wide - 6)}
        height={tenth(tall)}
        rx={3}
      />
    )
  })
}

function rings(chance: Chance) {
  const [x, y] = [tenth(chance.between(90, 230)), tenth(chance.between(70, 130))]
  return (
    <>
      {each(6).map((ring) => (
        <circle
          key={ring}
          class={`art-line ${tones[ring % 3]}`}
          cx={x}
          cy={y}
          r={22 + ring * 24}
          stroke-dasharray={`${tenth(chance.between(20, 140))} ${tenth(chance.between(8, 40))}`}
        />
      ))}
      <circle class="art-spark" cx={x} cy={y} r={11} />
    </>
  )
}

function weave(chance: Chance) {
  return each(9).map((line) => {
    const y = tenth(16 + line * 21)
    const bend = tenth(chance.between(-46, 46))
    const wave = `M-10 ${y}Q80 ${tenth(y + bend)} 160 ${y}T330 ${y}`
    return (
      <path
        key={line}
        class={`art-line ${line % 4 === 3 ? 'art-spark' : tones[line % 3]}`}
        d={wave}
        stroke-width={tenth(chance.between(3, 11))}
      />
    )
  })
}

function steps(chance: Chance) {
  return each(14).map((step) => {
    const size = chance.between(22, 66)
    return (
      <rect
        key={step}
        class={step === 5 ? 'art-spark' : chance.pick(tones)}
        x={tenth(chance.between(-10, breadth - 20))}
        y={tenth(chance.between(-10, height - 20))}
        width={tenth(size)}
        height={tenth(size)}
        rx={tenth(chance.pick([2, size / 2]))}
        opacity={0.85}
      />
    )
  })
}
