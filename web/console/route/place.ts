import { type MetricsView, metricsAddress, readMetricsView } from './metrics-view.ts'

/** A place of the console, as its address names it. */
export type Place =
  | { readonly screen: 'now' }
  | { readonly screen: 'metrics'; readonly view: MetricsView }
  | { readonly screen: 'sql'; readonly sql: string }
  | { readonly screen: 'users'; readonly id: string; readonly scene: string }
  | { readonly screen: 'items'; readonly id: string; readonly words: string }
  | { readonly screen: 'streams' }
  | { readonly screen: 'sets'; readonly name: string; readonly channel: string }
  | { readonly screen: 'parameters'; readonly name: string }
  | { readonly screen: 'models' }
  | { readonly screen: 'nowhere' }

const part = encodeURIComponent
const base = '/console'
const nowhere: Place = { screen: 'nowhere' }

/** The addresses of the console, for links. */
export const paths = {
  now: base,
  metrics: (view: Partial<MetricsView> = {}): string => `${base}/metrics${metricsAddress(view)}`,
  sql: (sql = ''): string => `${base}/sql${sql === '' ? '' : `?q=${part(sql)}`}`,
  users: `${base}/users`,
  user: (id: string, scene = ''): string =>
    `${base}/users/${part(id)}${scene === '' ? '' : `?scene=${part(scene)}`}`,
  items: (words = ''): string => `${base}/items${words === '' ? '' : `?q=${part(words)}`}`,
  item: (id: string): string => `${base}/items/${part(id)}`,
  streams: `${base}/streams`,
  sets: `${base}/sets`,
  set: (name: string, channel = ''): string =>
    `${base}/sets/${part(name)}${channel === '' ? '' : `?channel=${part(channel)}`}`,
  parameters: `${base}/parameters`,
  parameter: (name: string): string => `${base}/parameters/${part(name)}`,
  models: `${base}/models`,
} as const

/** Places of the site beside the console: links there leave it. */
export const sitePaths = {
  home: '/',
  why: (requestId: string): string => `/why/${part(requestId)}`,
} as const

/** Reads a path with its query: `/console/users/1`, `/console/metrics?show=ctr&by=source`. */
export function readPlace(address: string): Place {
  const mark = address.indexOf('?')
  const [path, query] = mark < 0 ? [address, ''] : [address.slice(0, mark), address.slice(mark)]
  const asked = new URLSearchParams(query)
  const parts = partsOf(path)
  if (parts === undefined || parts[0] !== 'console' || parts.length > 3) return nowhere
  const [, screen = '', name = ''] = parts
  switch (screen) {
    case '':
      return { screen: 'now' }
    case 'metrics':
      return name === '' ? { screen, view: readMetricsView(asked) } : nowhere
    case 'sql':
      return name === '' ? { screen, sql: asked.get('q') ?? '' } : nowhere
    case 'users':
      return { screen, id: name, scene: asked.get('scene') ?? '' }
    case 'items':
      return { screen, id: name, words: (asked.get('q') ?? '').trim() }
    case 'sets':
      return { screen, name, channel: asked.get('channel') ?? '' }
    case 'parameters':
      return { screen, name }
    case 'streams':
    case 'models':
      return name === '' ? { screen } : nowhere
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
