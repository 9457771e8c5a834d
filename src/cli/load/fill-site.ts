import { StarlingError } from '../../error.ts'
import type { Site } from '../../insight/load/crowd/site.ts'
import type { ReportOutcome } from '../../insight/load/transport.ts'
import type { HttpTransport } from './http-transport.ts'

const rowsPerRequest = 1_000

/** Puts a site's catalogue into a server, and what its users did before: `perUser` deeds each. */
export async function fillSite(
  site: Site,
  transport: HttpTransport,
  options: {
    readonly perUser: number
    readonly signal: AbortSignal
    readonly onProgress: (step: string, share: number) => void
  },
): Promise<void> {
  const { perUser, signal, onProgress } = options
  const { stock, people } = site.world
  const put = async <Row>(
    step: string,
    total: number,
    rows: Iterable<Row>,
    take: (rows: readonly Row[]) => Promise<ReportOutcome>,
  ): Promise<void> => {
    let done = 0
    for (const batch of batches(rows)) {
      signal.throwIfAborted()
      const { rejected } = await take(batch)
      const [first] = rejected
      if (first)
        throw new StarlingError('failed_precondition', `the server refused ${first.message}`)
      done += batch.length
      onProgress(step, Math.min(1, done / total))
    }
  }
  await put('putting items', stock.count, site.items(), transport.putItems)
  await put('telling the past', people.count * perUser, site.pasts(perUser), transport.track)
}

function* batches<Row>(rows: Iterable<Row>): Iterable<readonly Row[]> {
  let batch: Row[] = []
  for (const row of rows) {
    batch.push(row)
    if (batch.length < rowsPerRequest) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
