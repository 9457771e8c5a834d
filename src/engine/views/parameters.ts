import type { Timestamp } from '../../events/clock.ts'
import type { Json } from '../../events/event.ts'

/** What can be changed while feeds are served. */
export interface ParameterDoor {
  parameters(): Promise<readonly ParameterView[]>
  /** Rejects with `invalid_argument` where the value does not fit the parameter's schema. */
  setParameter(name: string, value: Json, by: string): Promise<ParameterView>
  /** What a value would change; rejects as `setParameter` would, and changes nothing. */
  checkParameter(name: string, value: Json): Promise<readonly ParameterChange[]>
  /** Newest first; the last 50 values are kept. */
  parameterHistory(name: string): Promise<readonly ParameterVersion[]>
  /** Puts the value of an earlier version in force again, as a new version. */
  rollbackParameter(name: string, version: number, by: string): Promise<ParameterView>
}

export interface ParameterView {
  readonly name: string
  readonly value: Json
  readonly version: number
  readonly changedAt?: Timestamp
  readonly by?: string
  readonly description: string
  /**
   * Why the newest value is not in force, where an earlier version of the program took it and this
   * one does not: `value` and `version` are those of the last good one then.
   */
  readonly trouble?: string
}

export interface ParameterVersion {
  /** 0 for the value it has until told. */
  readonly version: number
  readonly value: Json
  readonly at?: Timestamp
  readonly by?: string
  /** Against the version before. */
  readonly changes: readonly ParameterChange[]
}

/** One place at which two values differ; absent `before` or `after` where there was nothing. */
export interface ParameterChange {
  /** `hot.hours`, `pins.home[0].item`; '' for the whole. */
  readonly path: string
  readonly before?: Json
  readonly after?: Json
}
