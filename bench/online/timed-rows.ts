import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Rows in the order of time, each with what was known before it, and what came of it. */
export interface TimedRow {
  readonly at: number
  readonly user: string
  readonly item: string
  /** A number per name in `numberNames`. */
  readonly numbers: readonly number[]
  readonly label: 0 | 1
}

export interface TimedSet {
  readonly name: string
  readonly numberNames: readonly string[]
  readonly rows: readonly TimedRow[]
}

/** How often something was shown and taken, and since when it is known. */
class Counts {
  shown = 0
  taken = 0
  since: number | undefined

  /** Drawn to `prior` while little is known. */
  rate(prior: number): number {
    return (this.taken + 5 * prior) / (this.shown + 5)
  }

  see(at: number, isTaken: boolean): void {
    this.since ??= at
    this.shown++
    if (isTaken) this.taken++
  }
}

function countsOf(counts: Map<string, Counts>, id: string): Counts {
  const known = counts.get(id) ?? new Counts()
  counts.set(id, known)
  return known
}

const hourMs = 3_600_000
const hoursSince = (at: number, since = at): number => Math.log1p((at - since) / hourMs)

/** Ratings as likes: 4 stars and more. */
export async function movieRatings(folder: string): Promise<TimedSet> {
  const text = await readFile(join(folder, 'ml-latest-small/ratings.csv'), 'utf8')
  const movies = await readFile(join(folder, 'ml-latest-small/movies.csv'), 'utf8')
  const genres = new Map(
    movies
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => [line.split(',')[0]!, line.slice(line.lastIndexOf(',') + 1).split('|')]),
  )
  const ratings = text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(',') as [string, string, string, string])
    .sort((one, other) => Number(one[3]) - Number(other[3]))
  const [users, items, tastes] = [1, 2, 3].map(() => new Map<string, Counts>()) as [
    Map<string, Counts>,
    Map<string, Counts>,
    Map<string, Counts>,
  ]
  const all = new Counts()
  const rows = ratings.map(([user, item, stars, seconds]): TimedRow => {
    const at = Number(seconds) * 1_000
    const label = Number(stars) >= 4 ? 1 : 0
    const [ofUser, ofItem] = [countsOf(users, user), countsOf(items, item)]
    const own = (genres.get(item) ?? []).map((genre) => countsOf(tastes, `${user} ${genre}`))
    const mean = all.rate(0.5)
    const taste = own.reduce((sum, counts) => sum + counts.rate(ofUser.rate(mean)), 0)
    const numbers = [
      ...[ofItem.rate(mean), Math.log1p(ofItem.shown), hoursSince(at, ofItem.since)],
      ...[ofUser.rate(mean), Math.log1p(ofUser.shown), hoursSince(at, ofUser.since)],
      taste / Math.max(1, own.length),
    ]
    for (const counts of [all, ofUser, ofItem, ...own]) counts.see(at, label === 1)
    return { at, user, item, numbers, label }
  })
  const [item, user] = ['item', 'user'].map((of) => [`${of}-rate`, `${of}-count`, `${of}-age`])
  return { name: 'ml-latest-small', numberNames: [...item!, ...user!, 'user-genre-rate'], rows }
}

/** Articles shown, and clicked or passed by: pages of a feed of news in the order of time. */
export async function newsImpressions(folder: string): Promise<TimedSet> {
  const text = await readFile(join(folder, 'mind-5k/behaviors.tsv'), 'utf8')
  const pages = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split('\t') as [string, string, string, string, string])
    .map(([, user, time, past, shown]) => ({ user, at: Date.parse(`${time} UTC`), past, shown }))
    .sort((one, other) => one.at - other.at)
  const items = new Map<string, Counts>()
  const all = new Counts()
  const rows = pages.flatMap(({ user, at, past, shown }) => {
    const history = past === '' ? 0 : past.split(' ').length
    const page = shown.split(' ').map((entry) => entry.split('-') as [string, string])
    const read = page.map(([item, taken]): TimedRow => {
      const counts = countsOf(items, item)
      const numbers = [
        ...[counts.rate(all.rate(0.05)), Math.log1p(counts.taken), Math.log1p(counts.shown)],
        ...[hoursSince(at, counts.since), Math.log1p(history), Math.log(page.length)],
      ]
      return { at, user, item, numbers, label: taken === '1' ? 1 : 0 }
    })
    // What stood side by side was not known of one another.
    for (const { item, label } of read) {
      countsOf(items, item).see(at, label === 1)
      all.see(at, label === 1)
    }
    return read
  })
  const item = ['item-rate', 'item-clicks', 'item-shown', 'item-age']
  return { name: 'mind-5k', numberNames: [...item, 'history', 'page-size'], rows }
}
