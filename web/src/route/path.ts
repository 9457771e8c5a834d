import type { Sort } from './route.ts'

/** The addresses of the site, for links. */
const part = encodeURIComponent

export const homePath = '/'
export const genresPath = '/genres'

export const feedPath = (channel = ''): string =>
  channel === '' ? '/feed' : `/feed/${part(channel)}`

export const filmPath = (id: string): string => `/film/${part(id)}`

export const userPath = (id: string, model = ''): string =>
  `/user/${part(id)}${model === '' ? '' : `?model=${part(model)}`}`

export const collectionPath = (attribute: string, value: string, sort: Sort = 'popular'): string =>
  `/collection/${part(attribute)}/${part(value)}${sort === 'popular' ? '' : `?sort=${sort}`}`

export const searchPath = (text: string): string => `/search?q=${part(text)}`

/** Why a page is as it is; with an item, why that one is on it. */
export const whyPath = (requestId: string, item = ''): string =>
  `/why/${part(requestId)}${item === '' ? '' : `?item=${part(item)}`}`
