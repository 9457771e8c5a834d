import type { End, Flow, Station, Tributary } from './flow.ts'
import { ribbon, type Section } from './ribbon.ts'

/** Where the stations of the wide picture stand, in its own units. */
export const breadth = 1160
export const stops = { sources: 272, pool: 420, ranker: 640, mixers: 730, slate: 890, ends: 1000 }
export const bar = 10

const head = 64
/** The stream is so wide where it is widest. */
const streamMax = 190
const gap = 8
const sourceSlotMin = 24
const endSlotMin = 42
const exitDepth = 26
/** What leaves thins out. */
const exitMouthMax = 22

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface WideLayout {
  readonly height: number
  readonly springs: readonly (Tributary & { readonly path: string; readonly box: Box })[]
  readonly stream: string
  readonly bars: readonly Box[]
  readonly gates: readonly (Station & { readonly box: Box })[]
  readonly exits: readonly Parting[]
  readonly ends: readonly (End & { readonly path: string; readonly box: Box })[]
}

/** What leaves the stream, and where its words stand. */
interface Parting {
  readonly words: string
  readonly count: number
  readonly path: string
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'end'
}

/** Lays a stream out from left to right; widths are as the counts, none below 2. */
export function wideLayout(flow: Flow): WideLayout {
  const { run, sources } = flow
  const proposed = Math.max(1, sumOf(sources))
  const scale = streamMax / Math.max(proposed, run.candidateCount)
  const wide = (rows: number): number => (rows > 0 ? Math.max(2, rows * scale) : 0)
  const slots = stacked(sources.map(({ count }) => Math.max(sourceSlotMin, wide(count)) + gap))
  const endSlots = stacked(flow.ends.map(({ count }) => Math.max(endSlotMin, wide(count)) + gap))
  const pool = wide(run.candidateCount)
  const ranked = wide(run.rankedCount)
  const slate = wide(run.slateLength)
  const tallest = Math.max(slots.total, endSlots.total, pool)
  // The stream runs in the middle of what flows into it and out of it.
  const top = head + (tallest - pool) / 2
  const reach = (rows: number): number => top + (rows * pool) / proposed
  const section = (at: number, width: number): Section => ({ at, from: top, to: top + width })
  const bent = stops.mixers + 120
  return {
    height: Math.max(head + tallest, top + pool + exitDepth * flow.exits.length + 48) + 12,
    springs: sources.map((source, place) => {
      const before = sumOf(sources.slice(0, place))
      const y = head + (tallest - slots.total) / 2 + slots.starts[place]!
      const from = { at: stops.sources + bar, from: y, to: y + wide(source.count) }
      const to = { at: stops.pool, from: reach(before), to: reach(before + source.count) }
      const box = { x: stops.sources, y, width: bar, height: wide(source.count) }
      return { ...source, path: ribbon([from, to], 'sideways'), box }
    }),
    stream: ribbon(
      [
        section(stops.pool, pool),
        section(stops.ranker, ranked),
        section(bent, ranked),
        section(stops.slate, slate),
      ],
      'sideways',
    ),
    bars: [
      { x: stops.pool, y: top, width: bar, height: pool },
      { x: stops.ranker, y: top - 6, width: bar, height: ranked + 12 },
      { x: stops.slate, y: top, width: bar, height: slate },
    ],
    gates: flow.mixers.map((mixer, place) => {
      const x = stops.mixers + 14 + place * 26
      return { ...mixer, box: { x, y: top - 4, width: 4, height: ranked + 8 } }
    }),
    exits: [...filtered(flow, top, wide), ...outranked(flow, { top, bent, wide })],
    ends: flow.ends.map((end, place) => {
      const before = sumOf(flow.ends.slice(0, place)) * scale
      const y = head + (tallest - endSlots.total) / 2 + endSlots.starts[place]!
      const box = { x: stops.ends, y, width: bar, height: wide(end.count) }
      const from = { at: stops.slate + bar, from: top + before, to: top + before + wide(end.count) }
      const to = { at: stops.ends, from: y, to: y + wide(end.count) }
      return { ...end, path: ribbon([from, to], 'sideways'), box }
    }),
  }
}

type Wide = (rows: number) => number

/** Filters take from the lower bank one after the other; the first to leave sinks lowest. */
function filtered({ exits, run }: Flow, top: number, wide: Wide): readonly Parting[] {
  const step = (stops.ranker - stops.pool - 90) / Math.max(1, exits.length)
  return exits.map(({ words, count }, place) => {
    const to = top + wide(run.candidateCount - sumOf(exits.slice(0, place)))
    const x = stops.pool + 14 + place * step
    const depth = exitDepth * (exits.length - place)
    const { path, y } = sinking({ at: x, from: to - wide(count), to }, depth)
    return { words, count, path, x: x + 40, y: y + 4, anchor: 'start' }
  })
}

function outranked(
  { run, tooLow }: Flow,
  { top, bent, wide }: { readonly top: number; readonly bent: number; readonly wide: Wide },
): readonly Parting[] {
  if (tooLow <= 0) return []
  const from = top + wide(run.slateLength)
  const { path, y } = sinking({ at: bent, from, to: from + wide(tooLow) }, exitDepth + 8)
  return [{ words: 'ranked too low', count: tooLow, path, x: bent + 16, y: y + 12, anchor: 'end' }]
}

function sinking(from: Section, depth: number): { readonly path: string; readonly y: number } {
  const y = from.to + depth
  const half = Math.min(exitMouthMax, from.to - from.from) / 2
  const to = { at: from.at + 34, from: y - half, to: y + half }
  return { path: ribbon([from, to], 'sideways'), y }
}

/** Where each of some lengths begins when they are put one after the other. */
function stacked(lengths: readonly number[]) {
  let total = 0
  const starts = lengths.map((length) => {
    total += length
    return total - length
  })
  return { starts, total }
}

const sumOf = (parts: readonly { readonly count: number }[]): number =>
  parts.reduce((sum, { count }) => sum + count, 0)
