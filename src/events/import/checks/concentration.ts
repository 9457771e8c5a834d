import { basename } from 'node:path'
import { brief } from '../../decode-field.ts'
import type { CheckFactory, Finding } from './check.ts'
import { heaviest } from './heaviest.ts'

/** From this share on, one id is more likely a default, a bot or a test than a favourite. */
const largestShare = 0.3
const fewestEvents = 50

/** One item or one user that most events are about. */
export const concentration: CheckFactory = ({ parts }) => {
  const items = heaviest()
  const users = heaviest()
  let eventCount = 0
  return {
    see({ event, row }) {
      if (event?.type !== 'action') return
      eventCount++
      if (event.item !== undefined) items.add(event.item, row.line)
      users.add(event.user, row.line)
    },
    findings() {
      const file = parts.filter(({ kind }) => kind === 'events').map(({ table }) => table.path)
      const findings: Finding[] = []
      for (const [noun, heavy] of [
        ['item', items.heaviest()],
        ['user', users.heaviest()],
      ] as const) {
        if (!heavy || eventCount < fewestEvents || heavy.count < largestShare * eventCount) continue
        const percent = Math.round((100 * heavy.count) / eventCount)
        findings.push({
          severity: 'warning',
          code: `one-${noun}-dominates`,
          message:
            `${noun} ${brief(heavy.key)} holds ${percent} % of all events: is it a default, a ` +
            'test or a bot? What is learned will be about it',
          file: file.map((path) => basename(path)).join(', '),
          lines: heavy.lines,
          count: heavy.count,
        })
      }
      return findings
    },
  }
}
