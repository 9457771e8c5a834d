import { basename, dirname } from 'node:path'
import type { Random } from '../../../kernel/random.ts'
import type { Medium, OpenFile } from './medium.ts'

/** A disk in memory, for tests: it can lose power, and its bytes can be looked at and damaged. */
export interface SimulatedMedium extends Medium {
  /** The bytes of a file, a copy. */
  bytes(path: string): Buffer
  /** Puts a durable file there, or takes it away. */
  put(path: string, bytes: Buffer | undefined): void
  /** The disk as the next process finds it after a kill: with all that the kernel was given. */
  copy(): SimulatedMedium
  /**
   * The disk as it is found after a power loss now: all that was synced, and of the rest any part,
   * in units of sectors, since drives and file systems write in any order. This disk is dead from
   * now on, for those who still hold it.
   */
  losePower(random: Random): SimulatedMedium
}

interface File {
  bytes: Buffer
  /** What a power loss leaves for certain. */
  durable: Buffer
  /** What was done since; each may or may not survive. */
  pending: ((bytes: Buffer, survives: () => boolean) => Buffer)[]
}

type Names = Map<string, File>

const sectorBytes = 512

export function simulatedMedium(names: Names = new Map()): SimulatedMedium {
  let durableNames: Names = new Map(names)
  let pendingNames: ((names: Names) => void)[] = []
  let dead = false

  /** Every operation: it takes a turn, and fails on a dead disk. */
  async function operate<T>(work: () => T): Promise<T> {
    await undefined
    if (dead) throw failure('EIO', 'the disk has no power')
    return work()
  }

  function find(path: string): File {
    const file = names.get(path)
    if (file === undefined) throw failure('ENOENT', path)
    return file
  }

  function rename(change: (names: Names) => void): void {
    change(names)
    pendingNames.push(change)
  }

  return {
    open: (path, mode) =>
      operate(() => {
        if (mode === 'wx' && names.has(path)) throw failure('EEXIST', path)
        if (mode === 'w+' || mode === 'wx') {
          const file = { bytes: Buffer.alloc(0), durable: Buffer.alloc(0), pending: [] }
          rename((names) => names.set(path, file))
        }
        return openFile(find(path), operate)
      }),
    list: (folder) =>
      operate(() =>
        [...names.keys()].filter((path) => dirname(path) === folder).map((path) => basename(path)),
      ),
    rename: (from, to) =>
      operate(() => {
        const file = find(from)
        rename((names) => {
          names.delete(from)
          names.set(to, file)
        })
      }),
    remove: (path) =>
      operate(() => {
        find(path)
        rename((names) => names.delete(path))
      }),
    makeFolder: () => operate(() => {}),
    syncFolder: () =>
      operate(() => {
        durableNames = new Map(names)
        pendingNames = []
      }),
    bytes: (path) => Buffer.from(find(path).bytes),
    put(path, bytes) {
      for (const map of [names, durableNames]) {
        if (bytes === undefined) map.delete(path)
        else map.set(path, { bytes: Buffer.from(bytes), durable: Buffer.from(bytes), pending: [] })
      }
    },
    copy() {
      const copied = simulatedMedium()
      for (const [path, { bytes }] of names) copied.put(path, bytes)
      return copied
    },
    losePower(random) {
      dead = true
      // Nothing, about half, or all of what was not synced: each is a case of its own.
      const share = random.below(3) / 2
      const survives = (): boolean => random.next() < share
      for (const change of pendingNames) if (survives()) change(durableNames)
      for (const file of new Set(durableNames.values())) {
        file.bytes = file.pending.reduce((bytes, op) => op(bytes, survives), file.durable)
        file.durable = file.bytes
        file.pending = []
      }
      return simulatedMedium(durableNames)
    },
  }
}

function openFile(file: File, operate: <T>(work: () => T) => Promise<T>): OpenFile {
  return {
    read: (into, start, position) => operate(() => file.bytes.subarray(position).copy(into, start)),
    write: (bytes, start, position) =>
      operate(() => {
        const piece = Buffer.from(bytes.subarray(start))
        file.bytes = place(file.bytes, piece, position)
        file.pending.push((before, survives) => placeSectors(before, piece, position, survives))
        return piece.length
      }),
    sync: () =>
      operate(() => {
        file.durable = file.bytes
        file.pending = []
      }),
    truncate: (sizeBytes) =>
      operate(() => {
        file.bytes = resize(file.bytes, sizeBytes)
        file.pending.push((before, survives) => (survives() ? resize(before, sizeBytes) : before))
      }),
    size: () => operate(() => file.bytes.length),
    close: () => operate(() => {}),
  }
}

/** A new buffer, so that earlier states stay as they were. */
function place(bytes: Buffer, piece: Buffer, position: number): Buffer {
  const placed = resize(bytes, Math.max(bytes.length, position + piece.length))
  piece.copy(placed, position)
  return placed
}

function placeSectors(
  bytes: Buffer,
  piece: Buffer,
  position: number,
  survives: () => boolean,
): Buffer {
  let placed = bytes
  for (let at = 0; at < piece.length; ) {
    const end = Math.min(piece.length, at + sectorBytes - ((position + at) % sectorBytes))
    if (survives()) placed = place(placed, piece.subarray(at, end), position + at)
    at = end
  }
  return placed
}

function resize(bytes: Buffer, sizeBytes: number): Buffer {
  const resized = Buffer.alloc(sizeBytes)
  bytes.copy(resized)
  return resized
}

function failure(code: string, what: string): Error {
  return Object.assign(new Error(`${code}: ${what}`), { code })
}
