import type { ItemId, Json, UserId } from '../../events/event.ts'

/**
 * What a world plays against: an engine in the process, a server over HTTP, or a plain rule. All
 * rows are as the API spells them.
 */
export interface Feed {
  readonly name: string
  putItems(items: readonly ItemRow[]): Promise<void>
  /** Items that may no longer be shown. */
  withdraw(items: readonly ItemId[]): Promise<void>
  putUsers?(users: readonly UserRow[]): Promise<void>
  /** The next page. `channel` is '' for the scene as a whole. */
  page(user: UserId, scene: string, channel: string, size: number): Promise<FeedPage>
  /** An older page, by the cursor that the page after it gave. */
  older?(user: UserId, scene: string, channel: string, cursor: string): Promise<FeedPage>
  track(events: readonly Deed[]): Promise<void>
  /** The quiet hour of each day, for whoever learns by night. */
  rest?(): Promise<void>
}

export interface FeedPage {
  readonly items: readonly { readonly id: ItemId; readonly token?: string }[]
  /** The cursor of the page before this one, where pages are kept. */
  readonly older?: string | null
}

export interface ItemRow {
  readonly id: ItemId
  readonly attributes: Readonly<Record<string, Json>>
  readonly channels: readonly string[]
  readonly availableFrom: number
  readonly availableUntil?: number
}

export interface UserRow {
  readonly id: UserId
  readonly attributes: Readonly<Record<string, Json>>
}

/** Something a user did. */
export interface Deed {
  readonly id: string
  readonly type: string
  readonly user: UserId
  readonly item?: ItemId
  readonly at: number
  readonly value?: number
  readonly text?: string
  readonly token?: string
  readonly scene?: string
  readonly channel?: string
}
