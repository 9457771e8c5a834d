import { type ActionEvent, actions, type Event } from '../../src/events/event.ts'
import { openSegmentLog } from '../../src/events/log/segment-log.ts'
import type { Random } from '../../src/kernel/random.ts'
import { historyStart, madeUpHistory } from '../../src/state/made-up-history.suite.ts'

export interface MadeUpLog {
  readonly folder: string
  readonly count: number
  readonly userCount: number
  readonly itemCount: number
}

/** One event in so many is of any kind: merges, erasures, pages, records. The rest are deeds. */
const anyKindEvery = 12

const minuteMs = 60_000

/** Writes a log of many users' deeds, in which all else happens as well. */
export async function writeMadeUpLog(random: Random, wanted: MadeUpLog): Promise<void> {
  const { folder, count, userCount, itemCount } = wanted
  await using log = await openSegmentLog({ folder, segmentBytes: 2 ** 20 })
  const rest = { count: Math.ceil(count / anyKindEvery), userCount, itemCount }
  const others = madeUpHistory(random.fork('any kind'), rest)
  const deeds = random.fork('deeds')
  /** Few are much more active, and much more liked, than most. */
  const skewed = (below: number): number => Math.floor(below * deeds.next() ** 3)
  const deed = (index: number): ActionEvent => {
    const action = actions[deeds.below(actions.length)]!
    return {
      ...{ type: 'action', id: `deed${index}`, at: historyStart + index * minuteMs, action },
      ...{ user: `user${skewed(userCount)}`, item: `item${skewed(itemCount)}` },
      ...(action === 'rate' && { value: deeds.below(11) / 2 }),
    }
  }
  for (let start = 0; start < count; start += 1_000) {
    const events: Event[] = []
    for (let index = start; index < Math.min(count, start + 1_000); index++) {
      const isOther = index % anyKindEvery === 0
      events.push(isOther ? others[index / anyKindEvery]! : deed(index))
    }
    await log.append(events)
  }
  // Holes, as an erased person leaves them.
  await log.erase((event) => event.id.endsWith('77'))
}
