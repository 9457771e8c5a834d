import type { CheckFactory } from './check.ts'
import { fingerprintSet } from './fingerprint-set.ts'
import { counted, tally } from './tally.ts'

/** The same row twice, the same event id twice, the same item or user twice. */
export const duplicates: CheckFactory = () => {
  const known = { row: fingerprintSet(), event: fingerprintSet(), record: fingerprintSet() }
  const again = { row: tally(), event: tally(), record: tally() }
  return {
    see(seen) {
      const { event, part, row } = seen
      if (event?.type === 'item' && !known.record.add(`i${event.item}`)) again.record.add(seen)
      if (event?.type === 'user' && !known.record.add(`u${event.user}`)) again.record.add(seen)
      if (event?.type !== 'action') return
      if (part.layout.places.has('id')) {
        if (!known.event.add(event.id)) again.event.add(seen)
      } else if (!known.row.add(JSON.stringify(row.cells))) again.row.add(seen)
    },
    findings() {
      return [
        ...again.row.findings(({ count }) => ({
          severity: 'warning',
          code: 'duplicate-rows',
          message:
            `${counted(count, 'row')} that repeat an earlier one exactly, and count twice: ` +
            'events without ids cannot be told apart; was the export joined or run twice?',
        })),
        ...again.event.findings(({ count }) => ({
          severity: 'warning',
          code: 'duplicate-event-ids',
          message: `${counted(count, 'row')} with the id of an earlier event: the first is kept`,
        })),
        ...again.record.findings(({ count }) => ({
          severity: 'warning',
          code: 'duplicate-ids',
          message: `${counted(count, 'row')} with an id that came before; the last one replaces it`,
        })),
      ]
    },
  }
}
