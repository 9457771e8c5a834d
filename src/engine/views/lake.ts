import type { Timestamp } from '../../events/clock.ts'
import type { Json } from '../../events/event.ts'

/** The log at rest, and questions to all of it. */
export interface LakeDoor {
  describeLake(): Promise<LakeView>
  /** Read-only SQL. Rejects with `invalid_argument` and the place of the fault. */
  queryLake(request: LakeRequest): Promise<LakeAnswer>
}

export interface LakeView {
  readonly tables: readonly LakeTable[]
  /** Up to when all that happened can be asked for. */
  readonly through?: Timestamp
  readonly bytes: number
}

export interface LakeTable {
  readonly name: string
  readonly description: string
  readonly columns: readonly {
    readonly name: string
    readonly type: string
    readonly description: string
  }[]
  readonly rows: number
  readonly files: number
  readonly bytes: number
  readonly from?: Timestamp
  readonly to?: Timestamp
}

export interface LakeRequest {
  readonly sql: string
  /** 1 to 10,000; 1,000 unless told. */
  readonly rowsMax?: number
  /** 100 to 60,000; 10,000 unless told. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

export interface LakeAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly Json[])[]
  /** There were more rows than were asked for. */
  readonly truncated: boolean
  readonly durationMs: number
}
