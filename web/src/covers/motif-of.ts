import type { Motif } from './brush.ts'
import type { Chance } from './chance.ts'
import { aperture } from './emblems/aperture.tsx'
import { cactus } from './emblems/cactus.tsx'
import { corridor } from './emblems/corridor.tsx'
import { litWindow } from './emblems/lit-window.tsx'
import { pianoKeys } from './emblems/piano-keys.tsx'
import { sails } from './emblems/sails.tsx'
import { searchlights } from './emblems/searchlights.tsx'
import { sheriffStar } from './emblems/sheriff-star.tsx'
import { smile } from './emblems/smile.tsx'
import { speed } from './emblems/speed.tsx'
import { stage } from './emblems/stage.tsx'
import { stairs } from './emblems/stairs.tsx'
import { blinds } from './motifs/blinds.tsx'
import { burst } from './motifs/burst.tsx'
import { chevrons } from './motifs/chevrons.tsx'
import { creatures } from './motifs/creatures.tsx'
import { fangs } from './motifs/fangs.tsx'
import { flock } from './motifs/flock.tsx'
import { orbits } from './motifs/orbits.tsx'
import { overlap } from './motifs/overlap.tsx'
import { petals } from './motifs/petals.tsx'
import { mesas, peaks } from './motifs/ridges.tsx'
import { spiral } from './motifs/spiral.tsx'
import { strata } from './motifs/strata.tsx'
import { tiles } from './motifs/tiles.tsx'
import { towers } from './motifs/towers.tsx'
import { vinyl } from './motifs/vinyl.tsx'

/** What a genre looks like. The genres that say most about a film come first. */
const motifs: Readonly<Record<string, readonly [Motif, ...Motif[]]>> = {
  'film-noir': [blinds, litWindow],
  western: [mesas, sheriffStar, cactus],
  horror: [fangs],
  musical: [vinyl, pianoKeys],
  animation: [creatures],
  'sci-fi': [orbits],
  'science fiction': [orbits],
  war: [chevrons, searchlights],
  fantasy: [towers],
  documentary: [strata, aperture],
  history: [strata, searchlights],
  mystery: [spiral, corridor],
  children: [creatures],
  family: [creatures, smile],
  romance: [petals, overlap, sails],
  crime: [blinds],
  adventure: [peaks, sails],
  thriller: [spiral, corridor, stairs],
  action: [burst, speed],
  comedy: [tiles, smile, stage],
  drama: [overlap, stairs, litWindow, stage],
}

const order = Object.keys(motifs)

/** Genres as a cover sees them: the telling ones first. */
export function tellingFirst(genres: readonly string[]): readonly string[] {
  const place = (genre: string): number => {
    const known = order.indexOf(genre.toLowerCase())
    return known < 0 ? order.length : known
  }
  return [...genres].sort((a, b) => place(a) - place(b))
}

/** Genres that no motif is made for still look like something, and always like the same. */
const others = [flock, petals, overlap, tiles, peaks, orbits, strata, vinyl] as const

/** The picture is that of the genre that says most, and at times that of the next. */
export function motifOf([first, second]: readonly string[], chance: Chance): Motif {
  const genre = second !== undefined && chance.next() < 0.4 ? second : first
  if (genre === undefined) return flock
  return chance.pick(motifs[genre.toLowerCase()] ?? others)
}
