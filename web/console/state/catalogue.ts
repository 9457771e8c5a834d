import type { Client } from '../../../src/client/client.ts'
import type { Catalogue } from './api.ts'

/** What the server can measure: asked for once, and again after a while or where that failed. */
export function createCatalogue(client: Client): (signal: AbortSignal) => Promise<Catalogue> {
  let known: { readonly catalogue: Catalogue; readonly at: number } | undefined
  return async (signal) => {
    if (known === undefined || Date.now() - known.at > keptMs) {
      known = { catalogue: await client.describeMetrics({}, { signal }), at: Date.now() }
    }
    return known.catalogue
  }
}

const keptMs = 60_000
