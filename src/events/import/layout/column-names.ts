import type { Role } from './mapping.ts'

/** The names by which columns are commonly known, per role: lower case, letters and digits only. */
const commonNames: { readonly [R in Role]: readonly string[] } = {
  id: ['id', 'eventid'],
  type: ['type', 'action', 'event', 'eventtype', 'actiontype', 'feedbacktype', 'interaction'],
  user: [
    ...['user', 'userid', 'uid', 'visitor', 'visitorid', 'customer', 'customerid', 'member'],
    ...['memberid', 'reviewer', 'reviewerid', 'viewer', 'viewerid', 'account', 'accountid'],
  ],
  item: [
    ...['item', 'itemid', 'iid', 'movie', 'movieid', 'film', 'filmid', 'product', 'productid'],
    ...['article', 'articleid', 'video', 'videoid', 'news', 'newsid', 'book', 'bookid', 'isbn'],
    ...['song', 'songid', 'track', 'trackid', 'post', 'postid', 'game', 'gameid', 'contentid'],
    ...['sku', 'asin'],
  ],
  at: [
    ...['at', 'time', 'timestamp', 'ts', 'date', 'datetime', 'eventtime', 'createdat'],
    ...['occurredat', 'unixtime', 'unixtimestamp', 'unixreviewtime'],
  ],
  value: ['value', 'rating', 'stars', 'score'],
  text: ['text', 'comment', 'review', 'reviewtext'],
  channels: ['channels', 'channel'],
  availableFrom: ['availablefrom', 'publishedat', 'releasedat'],
  availableUntil: ['availableuntil', 'expiresat'],
}

const tagNames = new Set([
  ...['tags', 'tag', 'genres', 'genre', 'categories', 'category', 'keywords', 'topics', 'topic'],
  ...['labels', 'actors', 'cast', 'directors', 'authors', 'channels'],
])

/** The column that a role is commonly known by, the likeliest name first; -1 if there is none. */
export function findColumn(columns: readonly string[], role: Role): number {
  const names = columns.map(simplified)
  for (const known of commonNames[role]) {
    const place = names.indexOf(known)
    if (place >= 0) return place
  }
  return -1
}

/** True for a column whose name says that its cells are lists of words. */
export function isTagName(column: string): boolean {
  return tagNames.has(simplified(column))
}

/** True for a column whose name says that its cells are codes, even where all are digits. */
export function isCodeName(column: string): boolean {
  return /(^|[^a-z])(id|code|zip|zipcode|phone|isbn|ean)$|[a-z](Id|ID|Code)$/.test(column)
}

function simplified(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}
