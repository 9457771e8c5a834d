import type { Focus } from './brush.ts'
import type { Chance } from './chance.ts'

/** Where a cover has its title, how it is set, and where that leaves room for the picture. */
export interface Layout {
  readonly place: 'foot' | 'head' | 'label'
  readonly voice: Voice
  readonly focus: Focus
  /** Of the title, in hundredths of the cover's width. */
  readonly titleSize: number
  /** Lines of the title that there is room for. */
  readonly titleLines: number
}

export type Voice = 'bookish' | 'plain' | 'narrow' | 'slanted'

const places = {
  foot: { focus: { x: 100, y: 104, r: 84 }, room: 46, breadth: 84 },
  head: { focus: { x: 100, y: 200, r: 84 }, room: 46, breadth: 84 },
  label: { focus: { x: 100, y: 98, r: 90 }, room: 42, breadth: 62 },
} as const

/** Fashions: which places and voices a decade used. */
function fashionOf(year: number | undefined) {
  if (year === undefined) return { places: ['foot', 'head'], voices: ['plain', 'narrow'] } as const
  if (year < 1955) return { places: ['label', 'head'], voices: ['bookish', 'slanted'] } as const
  if (year < 1972) return { places: ['head', 'foot'], voices: ['plain', 'bookish'] } as const
  if (year < 1987) return { places: ['foot', 'head'], voices: ['slanted', 'narrow'] } as const
  if (year < 2002) return { places: ['foot', 'label'], voices: ['narrow', 'bookish'] } as const
  return { places: ['foot', 'head', 'foot'], voices: ['plain', 'narrow'] } as const
}

export function layoutOf(title: string, year: number | undefined, chance: Chance): Layout {
  const fashion = fashionOf(year)
  const place = chance.pick(fashion.places)
  const voice = chance.pick(fashion.voices)
  const { focus, room, breadth } = places[place]
  const size = titleSize(title, voice, room, breadth)
  const titleLines = Math.floor(room / (size * lineHeight))
  return { place, voice, focus, titleSize: size, titleLines }
}

/**
 * Breadth of a letter beside its height, on average: that of the broadest fonts that may stand in,
 * DejaVu's. By the narrower ones every fifth title had a word that was broken, or left its room.
 */
const letterBreadth: Readonly<Record<Voice, number>> = {
  bookish: 0.7,
  plain: 0.71,
  narrow: 0.61,
  slanted: 0.66,
}
const sizes = [19, 17, 15, 13.5, 12, 10.8, 9.6, 8.6]
const lineHeight = 1.12

/** The largest size at which the longest word fits the line, and all lines fit the room. */
export function titleSize(title: string, voice: Voice, room: number, breadth: number): number {
  const words = title.split(/\s+/)
  const smallest = sizes.at(-1) ?? 0
  return (
    sizes.find((size) => {
      const lineLength = Math.floor(breadth / (size * letterBreadth[voice]))
      return linesOf(words, lineLength) * size * lineHeight <= room
    }) ?? smallest
  )
}

/** How many lines the words take; Infinity where one does not fit on a line. */
function linesOf(words: readonly string[], lineLength: number): number {
  let [lines, used] = [1, 0]
  for (const { length } of words) {
    if (length > lineLength) return Number.POSITIVE_INFINITY
    if (used > 0 && used + 1 + length > lineLength) {
      lines++
      used = length
    } else used += (used > 0 ? 1 : 0) + length
  }
  return lines
}
