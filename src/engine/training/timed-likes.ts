import { openSegmentLog } from '../../events/log/segment-log.ts'
import { defaultSignals, type Signals } from '../../events/signals.ts'
import { vocabulary } from '../../models/evaluation/formats/vocabulary.ts'
import type { TimedRows } from '../../models/evaluation/protocols/temporal.ts'
import { signalsParameter } from '../../state/projections/parameters.ts'
import { likeOf } from './likes.ts'

/**
 * Every liking that a log still holds, with its time: by the signals in force when it was logged. A
 * server may be running meanwhile. Rejects with `not_found` where the folder holds no log.
 */
export async function readTimedLikes(folder: string, signal?: AbortSignal): Promise<TimedRows> {
  await using log = await openSegmentLog({ folder, readOnly: true })
  const [users, items] = [vocabulary(), vocabulary()]
  const columns = { users: [] as number[], items: [] as number[], times: [] as number[] }
  let signals: Signals = defaultSignals
  for await (const batch of log.read(log.tail)) {
    signal?.throwIfAborted()
    for (const { event } of batch) {
      if (event?.type === 'parameter' && event.name === signalsParameter) {
        signals = event.value as unknown as Signals // Checked before it was logged.
      }
      const like = event && likeOf(event, signals)
      if (event === undefined || like === undefined) continue
      columns.users.push(users.of(like.user))
      columns.items.push(items.of(like.item))
      columns.times.push(event.at)
    }
  }
  return {
    users: Uint32Array.from(columns.users),
    items: Uint32Array.from(columns.items),
    times: Float64Array.from(columns.times),
    ...{ userIds: users.ids, itemIds: items.ids },
  }
}
