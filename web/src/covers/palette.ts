import type { Chance } from './chance.ts'

/** The colours of one cover, in OKLCH, so that equal lightness looks equally light in every hue. */
export interface Palette {
  /** Behind everything. */
  readonly ground: string
  /** A shade of the ground, for what lies far. */
  readonly far: string
  readonly main: string
  readonly accent: string
  /** The lightest (or darkest) of all, for sparks. */
  readonly spark: string
  /** Behind the title, and the title on it: at least 7:1 apart. */
  readonly panel: string
  readonly ink: string
}

/** Hue (degrees) of the main colour, of the accent, and how colourful (0 to 1). */
type Mood = readonly [main: number, accent: number, colour: number]

const moods: Readonly<Record<string, Mood>> = {
  action: [32, 75, 1],
  adventure: [195, 65, 0.85],
  animation: [330, 95, 1],
  children: [85, 230, 1],
  comedy: [92, 25, 1],
  crime: [20, 255, 0.75],
  documentary: [160, 80, 0.45],
  drama: [265, 50, 0.55],
  family: [85, 230, 1],
  fantasy: [300, 90, 0.9],
  'film-noir': [260, 80, 0.12],
  history: [60, 200, 0.5],
  horror: [25, 130, 1],
  musical: [350, 80, 1],
  mystery: [280, 165, 0.7],
  romance: [10, 340, 0.9],
  'sci-fi': [245, 190, 0.95],
  'science fiction': [245, 190, 0.95],
  thriller: [180, 110, 0.7],
  war: [115, 45, 0.55],
  western: [55, 25, 0.85],
}

/** The main colour is that of the first genre, the accent that of the second. */
export function paletteOf(genres: readonly string[], chance: Chance): Palette {
  const [first, second] = genres.map((genre) => moods[genre.toLowerCase()] ?? moodOf(genre))
  const [hue, own, colour] = first ?? [chance.between(0, 360), chance.between(0, 360), 0.6]
  // Bell-shaped: most covers keep to the colour of their genre, a few go far.
  const drift = (): number => (chance.next() + chance.next() + chance.next() - 1.5) * 44
  const main = hue + drift()
  const accent = (second?.[0] ?? own) + drift()
  const light = chance.next()
  if (light < 0.4) return night(main, accent, colour)
  return light < 0.72 ? day(main, accent, colour) : dusk(main, accent, colour)
}

/** A genre that is not known here has a mood too, and keeps it. */
function moodOf(genre: string): Mood {
  let sum = 0
  for (let index = 0; index < genre.length; index++)
    sum = (sum * 31 + genre.charCodeAt(index)) % 360
  return [sum, (sum + 150) % 360, 0.7]
}

function night(main: number, accent: number, colour: number): Palette {
  return {
    ground: oklch(0.27, 0.075 * colour, main),
    far: oklch(0.38, 0.1 * colour, main),
    main: oklch(0.66, 0.17 * colour, main),
    accent: oklch(0.8, 0.14 * colour, accent),
    spark: oklch(0.95, 0.035 * colour, accent),
    panel: oklch(0.2, 0.05 * colour, main),
    ink: oklch(0.96, 0.02 * colour, accent),
  }
}

function day(main: number, accent: number, colour: number): Palette {
  return {
    ground: oklch(0.9, 0.055 * colour, main),
    far: oklch(0.81, 0.09 * colour, main),
    main: oklch(0.63, 0.18 * colour, main),
    accent: oklch(0.5, 0.15 * colour, accent),
    spark: oklch(0.3, 0.07 * colour, main),
    panel: oklch(0.955, 0.022 * colour, main),
    ink: oklch(0.24, 0.06 * colour, main),
  }
}

/** Strong colour all over. */
function dusk(main: number, accent: number, colour: number): Palette {
  return {
    ground: oklch(0.58, 0.15 * colour, main),
    far: oklch(0.5, 0.14 * colour, main),
    main: oklch(0.32, 0.1 * colour, main),
    accent: oklch(0.85, 0.14 * colour, accent),
    spark: oklch(0.96, 0.03 * colour, accent),
    panel: oklch(0.3, 0.09 * colour, main),
    ink: oklch(0.965, 0.02 * colour, accent),
  }
}

function oklch(lightness: number, chroma: number, hue: number): string {
  const turned = ((hue % 360) + 360) % 360
  return `oklch(${lightness} ${chroma.toFixed(3)} ${turned.toFixed(0)})`
}
