import { leaveOneOutInOrder } from './in-order/leave-one-out-in-order.ts'
import { libfm } from './libfm.ts'
import type { Format, Protocol } from './protocol.ts'
import { ratings } from './ratings.ts'
import { sequence } from './sequence.ts'
import { sessions } from './sessions.ts'
import { temporal } from './temporal.ts'
import { timed } from './timed.ts'
import { userItems } from './user-items.ts'

const all = [userItems, leaveOneOutInOrder, temporal, timed, sequence, sessions, libfm, ratings]

/** The protocol of a format. What it reads is given back to it alone. */
export function protocolOf(format: Format): Protocol<unknown, unknown, unknown> {
  return all.find((each) => each.format === format) as unknown as Protocol<
    unknown,
    unknown,
    unknown
  >
}
