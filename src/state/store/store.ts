export type Key = string
export type Bytes = Uint8Array

export type Write = { readonly put: Key; readonly value: Bytes } | { readonly delete: Key }

/**
 * Where bytes live. A store orders its keys and commits a batch as a whole; it knows nothing else.
 */
export interface Store extends AsyncDisposable {
  /** One value per key, in the order asked; `undefined` where there is none. */
  get(keys: readonly Key[]): Promise<readonly (Bytes | undefined)[]>

  /** Yields batches of entries whose key starts with `prefix`, in the order of the keys' UTF-8. */
  scan(prefix: Key): AsyncIterable<readonly (readonly [Key, Bytes])[]>

  /**
   * Applies all of the writes or none, in order. Resolves once they survive the death of the
   * process. (Not of the machine: what a power cut takes back, the log gives again.)
   */
  commit(writes: readonly Write[]): Promise<void>

  /**
   * Leaves nothing on the medium of what was deleted or replaced. As costly as copying all that is
   * kept; others wait meanwhile.
   */
  shed(): Promise<void>
}
