import type { CheckFactory } from './check.ts'
import { fingerprintSet } from './fingerprint-set.ts'
import { counted } from './tally.ts'

const fewest = { user: 20, item: 20, event: 200 } as const

/** Whether there is enough to learn from at all. */
export const volume: CheckFactory = () => {
  const users = fingerprintSet()
  const items = fingerprintSet()
  let eventCount = 0
  return {
    see({ event }) {
      if (event?.type !== 'action') return
      eventCount++
      users.add(event.user)
      if (event.item !== undefined) items.add(event.item)
    },
    findings() {
      if (eventCount === 0) return []
      const found = { user: users.size, item: items.size, event: eventCount }
      const isShort = (['user', 'item', 'event'] as const).some(
        (noun) => found[noun] < fewest[noun],
      )
      if (!isShort) return []
      const message =
        `${counted(found.event, 'event')} of ${counted(found.user, 'user')} about ` +
        `${counted(found.item, 'item')} are too few to learn from; it takes about ` +
        `${fewest.event} events of ${fewest.user} users about ${fewest.item} items to begin`
      const whole = { file: 'all files', lines: [], count: eventCount }
      return [{ severity: 'warning', code: 'too-little', message, ...whole }]
    },
  }
}
