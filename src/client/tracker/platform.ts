/** What a tracker needs of the place where it runs; `browserPlatform` is the real one. */
export interface Platform {
  /** Milliseconds since the Unix epoch, as far as the device knows. */
  now(): number
  /** Uniform on [0, 1). */
  random(): number
  /** A text that nobody else will ever make. */
  newId(): string
  /** Runs something once, later. The function that is returned calls it off. */
  after(durationMs: number, run: () => void): () => void
  /** Where what waits survives a reload; `undefined` where there is no such place. */
  readonly storage: TextStorage | undefined
  /** Is the page on a screen at all? */
  isVisible(): boolean
  /**
   * Tells whether an element is in view, now and whenever that changes, until the function that is
   * returned is called. In view is half of it, or what fills half of the screen.
   */
  watch(element: object, tell: (inView: boolean) => void): () => void
  /** Calls back until the function that is returned is called. */
  on(happening: Happening, run: () => void): () => void
}

/** `hidden` may be the last that a page hears; `active` is any sign of a person. */
export type Happening = 'hidden' | 'shown' | 'online' | 'active'

/** The part of the web's Storage that is used. */
export interface TextStorage {
  readonly length: number
  key(index: number): string | null
  getItem(key: string): string | null
  /** May throw where there is no room. */
  setItem(key: string, value: string): void
  removeItem(key: string): void
}
