/** The file operations that the event log stands on. Tests bring media that fail, or lose power. */
export interface Medium {
  /**
   * Opens a file: `r` to read, `r+` to change what is there, `w+` anew, `wx` anew and failing with
   * `EEXIST` where it is there already.
   */
  open(path: string, mode: 'r' | 'r+' | 'w+' | 'wx'): Promise<OpenFile>
  /** The names in a folder, in no order. */
  list(folder: string): Promise<readonly string[]>
  rename(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  /** Makes the folder and those above it where they are missing. */
  makeFolder(folder: string): Promise<void>
  /** Makes the names in a folder durable, as `sync` does with the bytes of a file. */
  syncFolder(folder: string): Promise<void>
}

/** All operations reject with an error that carries the system's `code` ("ENOSPC"). */
export interface OpenFile {
  /** Fills `into` from `start` on with what lies at `position`: maybe less, 0 only at the end. */
  read(into: Uint8Array, start: number, position: number): Promise<number>
  /** Resolves with how many bytes were taken, which may be fewer than were given. */
  write(bytes: Uint8Array, start: number, position: number): Promise<number>
  /** Resolves when all that was written, and the size, would survive a power loss. */
  sync(): Promise<void>
  truncate(sizeBytes: number): Promise<void>
  size(): Promise<number>
  close(): Promise<void>
}

/** Writes all of the bytes, however many calls the medium takes for it. */
export async function writeAll(file: OpenFile, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const taken = await file.write(bytes, written, position + written)
    // Asking again for ever would hang the log where the medium takes nothing and says nothing.
    if (taken === 0) throw Object.assign(new Error('EIO: nothing was written'), { code: 'EIO' })
    written += taken
  }
}
