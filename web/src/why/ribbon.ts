/** A cross-section of a stream: where it begins and how wide it is. */
export interface Section {
  /** Along the stream. */
  readonly at: number
  /** Across it. */
  readonly from: number
  readonly to: number
}

type Place = (along: number, across: number) => string

const sideways: Place = (along, across) => `${n(along)} ${n(across)}`
const downwards: Place = (along, across) => `${n(across)} ${n(along)}`

/** The outline of a stream through some sections, as an SVG path that bends softly. */
export function ribbon(sections: readonly Section[], way: 'sideways' | 'downwards'): string {
  const place = way === 'sideways' ? sideways : downwards
  const [first, ...rest] = sections
  if (first === undefined) return ''
  const there = bends(
    first.at,
    first.from,
    rest.map(({ at, from }) => [at, from]),
    place,
  )
  const back = [...sections].reverse()
  const last = back[0] ?? first
  const returns = back.slice(1).map(({ at, to }) => [at, to] as const)
  const home = bends(last.at, last.to, returns, place)
  return `M${place(first.at, first.from)}${there}L${place(last.at, last.to)}${home}Z`
}

function bends(
  along: number,
  across: number,
  stops: readonly (readonly [number, number])[],
  place: Place,
): string {
  let [a, b] = [along, across]
  return stops
    .map(([nextA, nextB]) => {
      const middle = (a + nextA) / 2
      const bend = `C${place(middle, b)} ${place(middle, nextB)} ${place(nextA, nextB)}`
      ;[a, b] = [nextA, nextB]
      return bend
    })
    .join('')
}

const n = (value: number): number => Math.round(value * 10) / 10
