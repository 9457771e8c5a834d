import type { Explanation, RunView, StageView } from '../state/api.ts'
import { sourceWords } from './sources.ts'
import { filterWords, mixerWords } from './stage-words.ts'

/** A run of a recipe as a stream: where it springs, what leaves it, what arrives. */
export interface Flow {
  readonly run: RunView
  readonly sources: readonly Tributary[]
  /** Only those that dropped something. */
  readonly exits: readonly Exit[]
  readonly filterCount: number
  readonly filterMs: number
  readonly rankers: readonly Station[]
  readonly mixers: readonly Station[]
  /** Ranked, and not in the finished order. */
  readonly tooLow: number
  readonly ends: readonly End[]
  readonly totalMs: number
}

export interface Station {
  readonly name: string
  readonly words: string
  readonly ms: number
  readonly failure?: string
}

export interface Tributary extends Station {
  readonly count: number
  readonly hue: number
}

export interface Exit {
  readonly words: string
  readonly count: number
}

export interface End {
  readonly kind: 'page' | 'earlier' | 'waiting' | 'rest'
  readonly words: string
  readonly count: number
}

/** The stream of one run of a page. */
export function flowOf(run: RunView, told: Explanation): Flow {
  const steps = told.stages.filter((stage) => stage.run === run.run)
  const of = (stage: StageView['stage']) => steps.filter((step) => step.stage === stage)
  const filters = of('filter')
  const kept = filters.at(-1)?.rowCount ?? run.candidateCount
  const dropped = filters.map(({ name, dropped }) => ({ words: filterWords(name), count: dropped }))
  const cut = { words: filterWords('limit'), count: Math.max(0, kept - run.rankedCount) }
  return {
    run,
    sources: of('recall').map((step, place) => ({
      ...station(step, sourceWords(step.name).short),
      count: step.rowCount,
      hue: hueOf(place),
    })),
    exits: [...dropped, cut].filter(({ count }) => count > 0),
    filterCount: filters.length,
    filterMs: sumMs(filters),
    rankers: of('rank').map((step) => station(step, step.name)),
    mixers: of('mix').map((step) => station(step, mixerWords(step.name))),
    tooLow: run.rankedCount - run.slateLength,
    ends: endsOf(run, told),
    totalMs: sumMs(steps),
  }
}

/** A hue for each source, far from its neighbours', the same in pictures and beside items. */
export const hueOf = (place: number): number => (165 + place * 137.5) % 360

function station({ name, durationMs, failure }: StageView, words: string): Station {
  return { name, words, ms: durationMs, ...(failure !== undefined && { failure }) }
}

function endsOf({ slateLength, shownCount }: RunView, { runs, lost }: Explanation): readonly End[] {
  const page: End = { kind: 'page', words: 'on this page', count: shownCount }
  const rest = slateLength - shownCount
  const some = (end: End): readonly End[] => (end.count > 0 ? [end] : [])
  // With several runs nobody says whose item it was that another page showed.
  if (runs.length > 1) {
    return [page, ...some({ kind: 'rest', words: 'on others, or waiting', count: rest })]
  }
  const earlier = lost.filter(({ outcome }) => outcome === 'shown-earlier').length
  return [
    page,
    ...some({ kind: 'earlier', words: 'shown before', count: earlier }),
    ...some({ kind: 'waiting', words: 'waiting their turn', count: rest - earlier }),
  ]
}

const sumMs = (steps: readonly StageView[]): number =>
  steps.reduce((sum, { durationMs }) => sum + durationMs, 0)
