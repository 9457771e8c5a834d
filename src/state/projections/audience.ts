import type { Timestamp } from '../../events/clock.ts'
import type { UserId } from '../../events/event.ts'
import { positiveSignal } from '../../events/signals.ts'
import { decodeJson, encodeJson } from './json-value.ts'
import { signalsInForce, signalsNeed } from './parameters.ts'
import type { Happening, Past, Projection } from './projection.ts'
import { regardOf, type Turn, turnsOf, type Verdict, verdictNeeds } from './verdicts.ts'

/** Who likes an item most, and how all who rated it did. */
export interface Audience {
  /** Standing ratings by half stars, 0.5 to 5: ten counts. What lies beyond counts at the ends. */
  readonly histogram: readonly number[]
  /** The warmest first, the newest among equals; `fanCountMax` at most. */
  readonly fans: readonly Fan[]
}

export interface Fan {
  readonly user: UserId
  /** Their rating; absent where they said no more than that they like it. */
  readonly value?: number
  /** The signal of what they said, by the weights in force when they did. */
  readonly regard: number
  readonly at: Timestamp
}

interface Change extends Turn {
  readonly regard: number
}

/**
 * Twice as many as are ever named, so that those who change their mind leave no gap at once. Who
 * was left out comes in only by saying something again.
 */
export const fanCountMax = 40

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
      return [String(turn.item), { ...turn, regard }]
    })
  },

  fold(value, { user, before, after, regard }) {
    const histogram = [...(value?.histogram ?? new Array<number>(binCount).fill(0))]
    count(histogram, before, -1)
    count(histogram, after, 1)
    const others = (value?.fans ?? []).filter((fan) => fan.user !== user)
    const fans = after === undefined ? others : placed(others, fanOf(user, after, regard))
    return fans.length === 0 && histogram.every((size) => size === 0)
      ? undefined
      : { histogram, fans }
  },

  encode: encodeJson,
  decode: decodeJson,
}

function fanOf(user: UserId, { value, at }: Verdict, regard: number): Fan {
  return { user, ...(value !== undefined && { value }), regard, at }
}

function count(histogram: number[], verdict: Verdict | undefined, by: number): void {
  if (verdict?.value === undefined) return
  const bin = Math.max(0, Math.min(binCount - 1, Math.round(verdict.value * 2) - 1))
  // Below zero only where a verdict was forgotten that is taken back now.
  histogram[bin] = Math.max(0, histogram[bin]! + by)
}

function placed(fans: readonly Fan[], fan: Fan): readonly Fan[] {
  if (fan.regard < positiveSignal) return fans
  const place = fans.findIndex((other) => isBefore(fan, other))
  const after = place < 0 ? fans.length : place
  return [...fans.slice(0, after), fan, ...fans.slice(after)].slice(0, fanCountMax)
}

function isBefore(one: Fan, other: Fan): boolean {
  if (one.regard !== other.regard) return one.regard > other.regard
  return one.at !== other.at ? one.at > other.at : one.user < other.user
}
