import type { Timestamp } from '../../events/clock.ts'
import type { UserId } from '../../events/event.ts'
import { positiveSignal } from '../../events/signals.ts'
import { signalsInForce, signalsNeed } from './parameters.ts'
import type { Happening, Past, Projection } from './projection.ts'
import { regardOf, type Turn, turnsOf, type Verdict, verdictNeeds } from './verdicts.ts'

/** Who likes an item most, and how all who rated it did. Folds change it in place: copy it. */
export interface Audience {
  /** Standing ratings by half stars, 0.5 to 5: ten counts. What lies beyond counts at the ends. */
  readonly histogram: number[]
  /** The warmest first, the newest among equals; `fanCountMax` at most. */
  readonly fans: Fan[]
}

export interface Fan {
  readonly user: UserId
  /** Their rating; absent where they said no more than that they like it. */
  readonly value?: number
  /** The signal of what they said, by the weights in force when they did. */
  readonly regard: number
  readonly at: Timestamp
}

interface Change {
  readonly turn: Turn
  /** That of the verdict which stands now. */
  readonly regard: number
}

/**
 * A few more than are ever named (20), so that one who changes their mind leaves no gap at once.
 * Who was left out comes in only by saying something again.
 */
export const fanCountMax = 25

const binCount = 10

/** An item's audience by its ordinal. A fan is a user of whom the item alone would still tell. */
export const audience: Projection<Audience, Change> = {
  name: 'audience',
  version: 1,
  keyBy: 'item',

  reads(event) {
    const needs = verdictNeeds(event)
    return needs.length === 0 ? needs : [...needs, ...signalsNeed]
  },

  changes({ event }: Happening, past: Past) {
    return turnsOf(event, past).map((turn) => {
      const regard = turn.after === undefined ? 0 : regardOf(turn.after, signalsInForce(past))
      return [String(turn.item), { turn, regard }]
    })
  },

  fold(value, { turn: { user, before, after }, regard }) {
    const { histogram, fans } = value ?? { histogram: new Array(binCount).fill(0), fans: [] }
    count(histogram, before, -1)
    count(histogram, after, 1)
    remove(fans, user)
    if (after !== undefined) place(fans, user, after, regard)
    const isEmpty = fans.length === 0 && histogram.every((size) => size === 0)
    return isEmpty ? undefined : (value ?? { histogram, fans })
  },

  /** `[10 × count u32]`, then for each fan `[value f64][regard f64][at f64][length u16][user]`. */
  encode({ histogram, fans }) {
    const size = fans.reduce((sum, { user }) => sum + fanBytes + Buffer.byteLength(user), 0)
    const bytes = Buffer.alloc(binCount * 4 + size)
    for (let bin = 0; bin < binCount; bin++) bytes.writeUInt32LE(histogram[bin]!, bin * 4)
    let start = binCount * 4
    for (const { user, value = Number.NaN, regard, at } of fans) {
      bytes.writeDoubleLE(value, start)
      bytes.writeDoubleLE(regard, start + 8)
      bytes.writeDoubleLE(at, start + 16)
      const length = bytes.write(user, start + fanBytes)
      bytes.writeUInt16LE(length, start + 24)
      start += fanBytes + length
    }
    return bytes
  },

  decode(stored) {
    const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength)
    const histogram = Array.from({ length: binCount }, (_, bin) => bytes.readUInt32LE(bin * 4))
    const fans: Fan[] = []
    for (let start = binCount * 4; start < bytes.byteLength; ) {
      const value = bytes.readDoubleLE(start)
      const end = start + fanBytes + bytes.readUInt16LE(start + 24)
      fans.push({
        user: bytes.toString('utf8', start + fanBytes, end),
        ...(!Number.isNaN(value) && { value }),
        regard: bytes.readDoubleLE(start + 8),
        at: bytes.readDoubleLE(start + 16),
      })
      start = end
    }
    return { histogram, fans }
  },
}

/** A fan without their name. */
const fanBytes = 26

function count(histogram: number[], verdict: Verdict | undefined, by: number): void {
  if (verdict?.value === undefined) return
  const bin = Math.max(0, Math.min(binCount - 1, Math.round(verdict.value * 2) - 1))
  // Below zero only where a verdict was forgotten that is taken back now.
  histogram[bin] = Math.max(0, histogram[bin]! + by)
}

function remove(fans: Fan[], user: UserId): void {
  const index = fans.findIndex((fan) => fan.user === user)
  if (index >= 0) fans.splice(index, 1)
}

function place(fans: Fan[], user: UserId, { value, at }: Verdict, regard: number): void {
  if (regard < positiveSignal) return
  const fan: Fan = { user, ...(value !== undefined && { value }), regard, at }
  let index = fans.length
  while (index > 0 && isBefore(fan, fans[index - 1]!)) index--
  if (index >= fanCountMax) return
  fans.splice(index, 0, fan)
  if (fans.length > fanCountMax) fans.pop()
}

function isBefore(one: Fan, other: Fan): boolean {
  if (one.regard !== other.regard) return one.regard > other.regard
  return one.at !== other.at ? one.at > other.at : one.user < other.user
}
