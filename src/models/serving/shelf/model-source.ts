import type { Servable } from '../servable.ts'

/** Where models that are to be served lie, by name and number. */
export interface ModelSource {
  /** All there are now, looked up anew; costs no more than reading folders. */
  scan(): Promise<readonly FoundModel[]>
}

export interface FoundModel {
  readonly name: string
  readonly versions: readonly FoundVersion[]
}

export interface FoundVersion {
  readonly version: number
  /** Another one where the files changed: what could not be opened may now be. */
  readonly mark: string
  /** Why it must not be served, where somebody decided so. */
  readonly rejected?: string
  /** It waits to be promoted: whoever names it may ask it, and nobody else is served it. */
  readonly held?: boolean
  open(): Promise<Servable>
}
