import { count, counted, duration } from '../words/numbers.ts'
import type { End, Flow } from './flow.ts'

/** One line of the tall picture: what joins the stream or leaves it, and how much flows on. */
export interface Bend {
  readonly key: string
  readonly kind: 'joins' | 'leaves' | 'gate' | End['kind']
  readonly title: string
  readonly note: string
  readonly rows: number
  readonly below: number
  readonly hue?: number
}

/** A stream line by line, from its springs to its ends. */
export function bendsOf(flow: Flow): readonly Bend[] {
  const { run, sources, exits, rankers, mixers, tooLow, ends } = flow
  const proposed = sources.reduce((sum, source) => sum + source.count, 0)
  let flowing = 0
  const joining = sources.map((source): Bend => {
    // What several propose is one candidate: the stream grows by each one's part of them all.
    flowing += proposed === 0 ? 0 : (source.count / proposed) * run.candidateCount
    const note = source.failure ?? `${count(source.count)} proposed, ${duration(source.ms)}`
    const { name: key, words: title, count: rows, hue } = source
    return { key, kind: 'joins', title, note, rows, below: flowing, hue }
  })
  let left = run.candidateCount
  const leaving = exits.map(({ words, count: rows }): Bend => {
    left -= rows
    const title = `\u2212${count(rows)}`
    return { key: words, kind: 'leaves', title, note: words, rows, below: left }
  })
  const gate = (key: string, title: string, note: string, below: number): Bend => {
    return { key, kind: 'gate', title, note, rows: 0, below }
  }
  const filters = `${counted(flow.filterCount, 'filter')}, ${duration(flow.filterMs)}`
  return [
    ...joining,
    gate('pool', counted(run.candidateCount, 'candidate'), filters, run.candidateCount),
    ...leaving,
    ...rankers.map(({ name, ms, failure }) =>
      gate(`rank ${name}`, 'Ranker', failure ?? `${name}, ${duration(ms)}`, run.rankedCount),
    ),
    ...mixers.map(({ name, words, ms, failure }) =>
      gate(`mix ${name}`, words, failure ?? `${name}, ${duration(ms)}`, run.rankedCount),
    ),
    ...(tooLow > 0
      ? [
          {
            ...({ key: 'low', kind: 'leaves', title: `\u2212${count(tooLow)}` } as const),
            ...{ note: 'ranked too low', rows: tooLow, below: run.slateLength },
          },
        ]
      : []),
    ...ends.map(({ kind, words: note, count: rows }, place): Bend => {
      const below = ends.slice(place + 1).reduce((sum, end) => sum + end.count, 0)
      return { key: kind, kind, title: count(rows), note, rows, below }
    }),
  ]
}
