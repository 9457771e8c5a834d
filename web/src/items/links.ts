import type { ItemView } from '../state/api.ts'

/** Where else a film is described. */
export interface OutwardLink {
  readonly name: string
  readonly href: string
}

/** From the ids that a record holds of other catalogues; only digits make an address. */
export function linksOf({ attributes }: ItemView): readonly OutwardLink[] {
  const imdb = digits(attributes['imdb'])
  const tmdb = digits(attributes['tmdb'])
  return [
    ...(imdb === undefined
      ? []
      : [{ name: 'IMDb', href: `https://www.imdb.com/title/tt${imdb}/` }]),
    ...(tmdb === undefined
      ? []
      : [{ name: 'TMDB', href: `https://www.themoviedb.org/movie/${tmdb}` }]),
  ]
}

/** MovieLens leaves the "tt" of IMDb out, other catalogues leave it in. */
function digits(value: unknown): string | undefined {
  return /^(?:tt)?(\d{1,12})$/.exec(String(value ?? ''))?.[1]
}
