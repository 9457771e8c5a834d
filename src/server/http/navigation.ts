import type { FastifyRequest } from 'fastify'

/** What lies below these is never a page of the web site, so that what is amiss there is told. */
const notPages = /^\/(v1|docs|assets|openapi\.json|metrics|healthz|readyz)(\/|$)/

/**
 * Whether a browser goes to a page: the site has paths of its own (`/film/1`), that no file lies
 * at, and its script knows what they stand for.
 */
export function isNavigation({ method, url, headers }: FastifyRequest): boolean {
  const path = url.split('?', 1)[0] ?? ''
  return (
    (method === 'GET' || method === 'HEAD') &&
    headers.accept?.includes('text/html') === true &&
    !notPages.test(path)
  )
}

/** The console is an application of its own beside the site. */
export const consolePage = 'console/index.html'

/** The page that an address belongs to. */
export function pageOf(url: string, hasConsole: boolean): string {
  return hasConsole && /^\/console(\/|\?|$)/.test(url) ? consolePage : 'index.html'
}
