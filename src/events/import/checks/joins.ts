import { brief } from '../../decode-field.ts'
import type { CheckFactory } from './check.ts'
import { fingerprintSet } from './fingerprint-set.ts'
import { counted, tally } from './tally.ts'

const knownIdsKept = 10_000

/** Events about items or users that the files do not bring, and why the ids may not match. */
export const joins: CheckFactory = () => {
  const items = joinCheck('item')
  const users = joinCheck('user')
  return {
    see(seen) {
      const { event } = seen
      if (event?.type === 'item') items.know(event.item)
      if (event?.type === 'user') users.know(event.user)
      if (event?.type !== 'action') return
      if (event.item !== undefined) items.meet(event.item, () => items.unknown.add(seen))
      users.meet(event.user, () => users.unknown.add(seen))
    },
    findings() {
      return [...items.findings(), ...users.findings()]
    },
  }
}

function joinCheck(noun: 'item' | 'user') {
  const known = fingerprintSet()
  const knownCores = fingerprintSet()
  const examples = new Map<string, string>()
  const unknown = tally()
  let eventCount = 0
  let alikeCount = 0
  let alike: readonly [met: string, known: string] | undefined
  let firstUnknown: string | undefined
  return {
    unknown,
    know(id: string): void {
      known.add(id)
      const core = coreOf(id)
      knownCores.add(core)
      if (examples.size < knownIdsKept) examples.set(core, id)
    },
    /** Nothing can be missed where no file brings the items (or users) at all. */
    meet(id: string, onUnknown: () => void): void {
      if (known.size === 0) return
      eventCount++
      if (known.has(id)) return
      onUnknown()
      firstUnknown ??= id
      const core = coreOf(id)
      if (!knownCores.has(core)) return
      alikeCount++
      const example = examples.get(core)
      if (example !== undefined) alike ??= [id, example]
    },
    findings() {
      return unknown.findings(({ count }) => {
        const isMost = count > 0.5 * eventCount
        const hint = alike
          ? `; ${counted(alikeCount, 'event')} would join if the ids were written alike: the ` +
            `events say ${brief(alike[0])} where the ${noun} is ${brief(alike[1])}`
          : `, such as ${brief(firstUnknown)}`
        // An unknown user is one without attributes; an unknown item is never shown.
        const severity = noun === 'user' ? 'note' : isMost ? 'error' : 'warning'
        const message = `${counted(count, 'event')} about ${noun}s that no ${noun} file has${hint}`
        return { severity, code: `unknown-${noun}s`, message }
      })
    },
  }
}

/** What is left of an id without what exports add or lose: case, blanks, prefix, zeros, ".0". */
function coreOf(id: string): string {
  const plain = id.trim().toLowerCase().replace(/\.0+$/, '')
  const digits = /(\d+)$/.exec(plain)
  return digits === null ? plain : digits[1]!.replace(/^0+(?=\d)/, '')
}
