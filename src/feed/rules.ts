import type { ItemId } from '../events/event.ts'

/**
 * What operators decide while feeds are served: the values of hot parameters, as stages read them.
 */
export interface Pin {
  readonly item: ItemId
  /** Place in the page, from 0. */
  readonly position: number
}

/** By scene: what stands where. */
export type Pins = Readonly<Record<string, readonly Pin[]>>

/** What nobody may be shown. */
export interface Blocked {
  readonly items: readonly ItemId[]
  /** Channels whose items are all blocked. */
  readonly channels?: readonly string[]
}

/** By source: the share of places, in [0, 1], that its items can't be cut from. */
export type Shares = Readonly<Record<string, number>>
