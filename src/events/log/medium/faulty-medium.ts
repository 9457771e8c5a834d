import type { Medium, OpenFile } from './medium.ts'

/** One call of a medium, as it is about to happen. */
export interface Call {
  /** Counts the calls from 0. */
  readonly number: number
  /** The operation: "open", "write", "sync", … */
  readonly name: string
  readonly path: string
}

/**
 * What becomes of a call: it fails and does nothing, does its work and then fails, does half of
 * its work and fails (a write), or does half of it and says so (a short write).
 */
export type Fault = 'before' | 'after' | 'half' | 'short'

/** A medium whose calls fail when `plan` says so, for tests. `code` is the error they fail with. */
export function faultyMedium(
  medium: Medium,
  plan: (call: Call) => Fault | undefined | Promise<Fault | undefined>,
  code = 'EIO',
): Medium {
  let calls = 0

  async function call<T>(
    name: string,
    path: string,
    work: () => Promise<T>,
    half: () => Promise<T> = work,
  ): Promise<T> {
    const fault = await plan({ number: calls++, name, path })
    if (fault === undefined) return work()
    if (fault === 'short') return half()
    if (fault === 'after') await work()
    if (fault === 'half') await half()
    throw Object.assign(new Error(`${code}: injected, ${name} ${path}`), { code })
  }

  function wrap(file: OpenFile, path: string): OpenFile {
    return {
      read: (...args) => call('read', path, () => file.read(...args)),
      write: (bytes, start, position) => {
        const middle = start + Math.ceil((bytes.length - start) / 2)
        return call(
          'write',
          path,
          () => file.write(bytes, start, position),
          () => file.write(bytes.subarray(0, middle), start, position),
        )
      },
      sync: () => call('sync', path, file.sync),
      truncate: (size) => call('truncate', path, () => file.truncate(size)),
      size: () => call('size', path, file.size),
      close: () => call('close', path, file.close),
    }
  }

  return {
    open: (path, mode) => call('open', path, async () => wrap(await medium.open(path, mode), path)),
    list: (folder) => call('list', folder, () => medium.list(folder)),
    rename: (from, to) => call('rename', to, () => medium.rename(from, to)),
    remove: (path) => call('remove', path, () => medium.remove(path)),
    makeFolder: (folder) => call('makeFolder', folder, () => medium.makeFolder(folder)),
    syncFolder: (folder) => call('syncFolder', folder, () => medium.syncFolder(folder)),
  }
}
