import { basename } from 'node:path'
import { defaultSignals, positiveSignal, signalOf } from '../../signals.ts'
import type { CheckFactory, Finding } from './check.ts'

/** Whether anything in the events says what users like: nothing can be learned without. */
export const positives: CheckFactory = ({ parts }) => {
  let eventCount = 0
  let positiveCount = 0
  const ratings = { least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY }
  return {
    see({ event }) {
      if (event?.type !== 'action') return
      const { action, value } = event
      eventCount++
      if (signalOf(defaultSignals, action, value) >= positiveSignal) positiveCount++
      if (action !== 'rate' || value === undefined) return
      ratings.least = Math.min(ratings.least, value)
      ratings.most = Math.max(ratings.most, value)
    },
    findings() {
      if (eventCount === 0 || positiveCount > 0) return []
      const reason =
        ratings.most >= ratings.least
          ? `all ratings are low, from ${ratings.least} to ${ratings.most}, where stars up to 5 ` +
            'are expected; on another scale, change the parameter "signals"'
          : 'all are impressions, dislikes or the like'
      const files = parts.filter(({ kind }) => kind === 'events').map(({ table }) => table.path)
      const finding: Finding = {
        severity: 'error',
        code: 'no-positives',
        message: `no event says that a user likes an item, so nothing can be learned: ${reason}`,
        file: files.map((path) => basename(path)).join(', '),
        lines: [],
        count: eventCount,
      }
      return [finding]
    },
  }
}
