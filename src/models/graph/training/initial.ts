import { type Random, seededRandom } from '../../../kernel/random.ts'
import type { DropMask, Parameter } from '../tensor.ts'
import type { TablePlan } from './table.ts'

/** Fills a parameter as it is to begin, by chance of its own: others don't change it. */
export function begin(
  { tensor, initial }: Parameter,
  values: Float32Array,
  seed: number | string,
): void {
  const random = seededRandom(`${seed}/parameter/${tensor.name}`)
  if (initial === 'zeros') values.fill(0)
  else if (initial === 'ones') values.fill(1)
  else if (initial === 'glorot') {
    const [from = 1, to = 1] = tensor.shape
    const bound = Math.sqrt(6 / (from + to))
    for (let place = 0; place < values.length; place++)
      values[place] = bound * (2 * random.next() - 1)
  } else fillNormal(values, initial.deviation, random)
}

export function beginTable(plan: TablePlan, values: Float32Array, seed: number | string): void {
  fillNormal(values, plan.deviation, seededRandom(`${seed}/table/${plan.name}`))
  for (const row of plan.blank ?? []) values.fill(0, row * plan.width, (row + 1) * plan.width)
}

function fillNormal(values: Float32Array, deviation: number, random: Random): void {
  // Box and Muller 1958: two at a time.
  for (let place = 0; place < values.length; place += 2) {
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - random.next()))
    const angle = 2 * Math.PI * random.next()
    values[place] = radius * Math.cos(angle)
    if (place + 1 < values.length) values[place + 1] = radius * Math.sin(angle)
  }
}

/**
 * What drops out of one step: four places per draw, so the rate is one of 256; what is kept grows
 * by just as much.
 */
export function fillMask({ rate }: DropMask, values: Float32Array, random: Random): void {
  const dropped = Math.round(rate * 256)
  const kept = Float32Array.from({ length: 256 }, (_, draw) =>
    draw < dropped ? 0 : 256 / (256 - dropped),
  )
  // A word at a time, and looked up instead of compared: in networks of many narrow layers chance
  // would else take a tenth of a step.
  const whole = values.length - (values.length % 4)
  const draw = (): number => random.below(4_294_967_296) | 0
  for (let place = 0; place < whole; place += 4) {
    const bits = draw()
    values[place] = kept[bits & 255]!
    values[place + 1] = kept[(bits >>> 8) & 255]!
    values[place + 2] = kept[(bits >>> 16) & 255]!
    values[place + 3] = kept[bits >>> 24]!
  }
  if (whole === values.length) return
  let bits = draw()
  for (let at = whole; at < values.length; at++, bits >>>= 8) values[at] = kept[bits & 255]!
}
