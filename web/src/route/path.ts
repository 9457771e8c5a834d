/** The addresses of the site, for links. */
import type { Sort } from './route.ts'

const part = encodeURIComponent

export const homePath = '/'
export const genresPath = '/genres'

export const feedPath = (channel = ''): string =>
  channel === '' ? '/feed' : `/feed/${part(channel)}`

export const newsPath = (channel = ''): string =>
  channel === '' ? '/news' : `/news/${part(channel)}`

export const storyPath = (id: string): string => `/news/item/${part(id)}`

export const videoPath = '/video'

export const filmPath = (id: string): string => `/film/${part(id)}`

export const userPath = (id: string, model = ''): string =>
  `/user/${part(id)}${model === '' ? '' : `?model=${part(model)}`}`

export const collectionPath = (attribute: string, value: string, sort: Sort = 'popular'): string =>
  `/collection/${part(attribute)}/${part(value)}${sort === 'popular' ? '' : `?sort=${sort}`}`

export const searchPath = (text: string): string => `/search?q=${part(text)}`

/** Why a page is as it is; with an item, why that one is on it. */
export const whyPath = (requestId: string, item = ''): string =>
  `/why/${part(requestId)}${item === '' ? '' : `?item=${part(item)}`}`
