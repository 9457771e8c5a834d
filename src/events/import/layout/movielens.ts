import { basename } from 'node:path'
import { isName } from '../../decode-field.ts'
import type { Cell, Row, Table } from '../table/table.ts'
import type { ApiRow } from './api-row.ts'
import { splitTags } from './column-type.ts'

/**
 * The files of a MovieLens set, as GroupLens publishes it (Harper and Konstan, "The MovieLens
 * Datasets", TiiS 2015). Ratings need no care of their own: their columns say what they are.
 */
export interface MovieLens {
  readonly movies: Table
  readonly links?: Table
  readonly tags?: Table
}

const columnsOf = {
  movies: 'movieId,title,genres',
  links: 'movieId,imdbId,tmdbId',
  tags: 'userId,movieId,tag,timestamp',
} as const

const noGenres = '(no genres listed)'
const mostKeywords = 10

/** Finds the set among opened tables, by names of files and columns. */
export function findMovieLensAmong(tables: readonly Table[]): MovieLens | undefined {
  const find = (name: keyof typeof columnsOf) =>
    tables.find(({ path, columns }) => {
      return basename(path).startsWith(`${name}.`) && columns.join(',') === columnsOf[name]
    })
  const [movies, links, tags] = [find('movies'), find('links'), find('tags')]
  if (movies === undefined) return undefined
  return { movies, ...(links && { links }), ...(tags && { tags }) }
}

/**
 * How a row of movies.csv becomes an item: its title without the year, the year, the genres as
 * tags and channels, the ids in other catalogues, and the words that users tagged it with most.
 */
export async function filmRowOf({ links, tags }: MovieLens): Promise<ApiRow> {
  const linksOfFilm = await linksByFilm(links)
  const keywordsOfFilm = await keywordsByFilm(tags)
  return ({ cells }) => {
    const [id, name, genreList] = [textOf(cells[0]), textOf(cells[1]), textOf(cells[2])]
    const { title, year } = splitTitle(name)
    const genres = genreList === noGenres ? [] : splitTags(genreList, '|')
    const [imdb, tmdb] = linksOfFilm.get(id) ?? []
    const keywords = keywordsOfFilm.get(id)
    const attributes = {
      title: { text: title },
      ...(year !== undefined && { year }),
      ...(genres.length > 0 && { genres: { tags: genres } }),
      ...(imdb && { imdb: { text: imdb } }),
      ...(tmdb && { tmdb: { text: tmdb } }),
      ...(keywords && { keywords: { tags: keywords } }),
    }
    // How new a film is: the set knows no day, so its year's first one stands for it.
    const availableFrom = year === undefined ? undefined : `${year}-01-01`
    return { id, attributes, channels: genres, availableFrom }
  }
}

/** "American President, The (1995)" → that title and 1995; series have "(1978-1981)". */
export function splitTitle(name: string): { title: string; year?: number } {
  const match = /^(.*\S)\s*\((\d{4})(?:\s*[-–]\s*\d{0,4})?\)\s*$/.exec(name)
  if (match === null) return { title: name.trim() }
  return { title: match[1]!, year: Number(match[2]) }
}

async function linksByFilm(links: Table | undefined) {
  const byFilm = new Map<string, readonly [imdb: string, tmdb: string]>()
  for await (const { cells } of goodRows(links)) {
    byFilm.set(textOf(cells[0]), [textOf(cells[1]), textOf(cells[2])])
  }
  return byFilm
}

async function keywordsByFilm(tags: Table | undefined) {
  const counts = new Map<string, Map<string, number>>()
  for await (const { cells } of goodRows(tags)) {
    const film = textOf(cells[1])
    const word = textOf(cells[2]).trim().toLowerCase()
    if (word === '' || word.length > 100 || !isName(word)) continue
    const words = counts.get(film) ?? new Map<string, number>()
    words.set(word, (words.get(word) ?? 0) + 1)
    counts.set(film, words)
  }
  const byFilm = new Map<string, readonly string[]>()
  for (const [film, words] of counts) byFilm.set(film, mostFrequent(words))
  return byFilm
}

function mostFrequent(words: ReadonlyMap<string, number>): readonly string[] {
  const order = [...words].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return order.slice(0, mostKeywords).map(([word]) => word)
}

async function* goodRows(table: Table | undefined): AsyncGenerator<Row> {
  if (table === undefined) return
  for await (const batch of table.rows()) {
    for (const row of batch) if (row.fault === undefined) yield row
  }
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : String(cell ?? '')
}
