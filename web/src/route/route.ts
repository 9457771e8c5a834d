/** A place of the site, as its address names it. */
export type Route =
  | { readonly screen: 'home' }
  | { readonly screen: 'feed'; readonly channel: string }
  | { readonly screen: 'film'; readonly id: string }
  | { readonly screen: 'user'; readonly id: string; readonly model: string }
  | { readonly screen: 'genres' }
  | {
      readonly screen: 'collection'
      readonly attribute: string
      readonly value: string
      readonly sort: Sort
    }
  | { readonly screen: 'search'; readonly text: string }
  | { readonly screen: 'why'; readonly requestId: string; readonly item: string }
  | { readonly screen: 'news'; readonly channel: string }
  | { readonly screen: 'story'; readonly id: string }
  | { readonly screen: 'video' }
  | { readonly screen: 'nowhere' }

export const sorts = ['popular', 'rating', 'newest', 'title'] as const
export type Sort = (typeof sorts)[number]

const nowhere: Route = { screen: 'nowhere' }

/** Reads a path with its query: `/film/1`, `/search?q=up`. */
export function readRoute(address: string): Route {
  const [path = '', query = ''] = address.split('?', 2)
  const asked = new URLSearchParams(query)
  const parts = partsOf(path)
  if (parts === undefined) return nowhere
  const [screen = '', first = '', second = '', ...rest] = parts
  const mayHaveTwo = screen === 'collection' || (screen === 'news' && first === 'item')
  if (rest.length > 0 || (second !== '' && !mayHaveTwo)) return nowhere
  switch (screen) {
    case '':
      return { screen: 'home' }
    case 'feed':
      return { screen, channel: first }
    case 'news':
      return second === '' ? { screen, channel: first } : { screen: 'story', id: second }
    case 'video':
      return first === '' ? { screen } : nowhere
    case 'film':
      return first === '' ? nowhere : { screen, id: first }
    case 'user':
      return first === '' ? nowhere : { screen, id: first, model: asked.get('model') ?? '' }
    case 'genres':
      return first === '' ? { screen } : nowhere
    case 'collection': {
      const sort = sorts.find((name) => name === asked.get('sort')) ?? 'popular'
      return second === '' ? nowhere : { screen, attribute: first, value: second, sort }
    }
    case 'search':
      return first === '' ? { screen, text: (asked.get('q') ?? '').trim() } : nowhere
    case 'why':
      return first === '' ? nowhere : { screen, requestId: first, item: asked.get('item') ?? '' }
    default:
      return nowhere
  }
}

/** The parts of a path, without what is encoded in them; undefined where that cannot be read. */
function partsOf(path: string): readonly string[] | undefined {
  try {
    return path
      .replace(/^\/|\/$/g, '')
      .split('/')
      .map(decodeURIComponent)
  } catch {
    return undefined
  }
}
