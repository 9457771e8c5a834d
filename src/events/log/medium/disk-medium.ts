import type { FileHandle } from 'node:fs/promises'
import { mkdir, open, readdir, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Medium, OpenFile } from './medium.ts'

/** The file system of the machine. */
export const diskMedium: Medium = {
  open: async (path, mode) => openFile(await open(path, mode)),
  list: (folder) => readdir(folder),
  rename,
  remove: unlink,
  makeFolder: async (folder) => {
    const made = await mkdir(folder, { recursive: true })
    if (made !== undefined) await syncFolder(dirname(made))
  },
  syncFolder,
}

function openFile(handle: FileHandle): OpenFile {
  return {
    read: async (into, start, position) =>
      (await handle.read(into, start, into.length - start, position)).bytesRead,
    write: async (bytes, start, position) =>
      (await handle.write(bytes, start, bytes.length - start, position)).bytesWritten,
    // fdatasync flushes a changed size as well; what it spares us is the time of modification.
    sync: () => handle.datasync(),
    truncate: (sizeBytes) => handle.truncate(sizeBytes),
    size: async () => (await handle.stat()).size,
    close: () => handle.close(),
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and its file system journals names by itself.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
