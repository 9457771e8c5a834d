import type { ItemId, UserId } from '../../events/event.ts'
import type { Kind } from './crowd/mix.ts'

/**
 * How the load reaches what is loaded. All of it rejects with a `StarlingError`, whose code says
 * what kind of failure it was.
 */
export interface Transport {
  page(asked: Asked): Promise<AskedPage>
  report(events: readonly Reported[]): Promise<ReportOutcome>
  withdraw(item: ItemId): Promise<void>
  /** What the loaded process has cost so far; undefined where it does not tell. */
  gauge(): Promise<Gauge | undefined>
}

/** A page that somebody asks for. */
export interface Asked {
  readonly kind: Kind
  readonly user: UserId
  readonly size: number
  readonly scene: string
  /** '' for the scene as a whole. */
  readonly channel: string
  /** The item that others shall be like, where the kind is `similar`. */
  readonly item?: ItemId
  /** Which page, where the kind is `older`. */
  readonly cursor?: string
}

export interface AskedPage {
  readonly batchId: number
  readonly delivery: string
  readonly items: readonly { readonly id: ItemId; readonly token: string }[]
  readonly older: string | null
  readonly degraded?: string
}

/** An event as the API spells it. */
export interface Reported {
  readonly id: string
  readonly type: string
  readonly user: UserId
  readonly item: ItemId
  readonly token: string
  readonly at: number
  readonly value?: number
}

export interface ReportOutcome {
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: readonly { readonly code: string; readonly message: string }[]
}

export interface Gauge {
  /** CPU time of all threads since the process began. */
  readonly cpuSeconds: number
  readonly residentBytes: number
}
