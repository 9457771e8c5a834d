import type { Kept, Letter } from './letter.ts'
import { mapStorage } from './map-storage.ts'
import type { Platform, TextStorage } from './platform.ts'

/**
 * What waits to be told, oldest first, over reloads and for all tabs of a site.
 *
 * Every letter has an entry of its own, so that tabs never write over one another, and the storage
 * is the only truth: what another tab has told or deleted is gone here as well. A tab takes its own
 * letters, and those that have lain there for so long that whoever wrote them must be gone. Where
 * two tell the same all the same, ids make it harmless.
 */
export interface Outbox {
  /** Keeps a letter, and returns its key. Where there are too many, the oldest is dropped. */
  put(letter: Letter): string
  /** The letters that this tab may tell now, oldest first. */
  waiting(): readonly Kept[]
  /** Puts another in the place of a letter. */
  replace(key: string, letter: Letter): void
  /** Told, or not to be told any more. */
  remove(key: string): void
  /** Deletes everything, that of other tabs as well. */
  clear(): void
  /** How many were dropped for want of room since the tab was opened. */
  readonly dropped: number
}

export interface OutboxOptions {
  readonly platform: Pick<Platform, 'now' | 'newId' | 'storage'>
  readonly lettersMax: number
  /** Told the key of every letter that is dropped. */
  readonly onDrop: (key: string) => void
}

const prefix = 'starling.outbox.'

/** After so long without being told, a letter of another tab is anybody's. */
export const orphanMs = 30_000

export function createOutbox({ platform, lettersMax, onDrop }: OutboxOptions): Outbox {
  // What lives as long as the page is better than nothing, where a browser keeps nothing.
  const stores = [...(platform.storage ? [platform.storage] : []), mapStorage()]
  const own = new Set<string>()
  let dropped = 0
  let count = 0

  const keys = (): readonly string[] => stores.flatMap(keysOf).sort()
  const remove = (key: string): void => {
    own.delete(key)
    for (const store of stores) store.removeItem(key)
  }
  const drop = (key: string): void => {
    remove(key)
    dropped++
    onDrop(key)
  }
  const write = (key: string, letter: Letter): void => {
    const text = JSON.stringify(letter)
    for (const store of stores) {
      if (written(store, key, text)) return
    }
  }

  return {
    put(letter) {
      const all = keys()
      for (const key of all.slice(0, Math.max(0, all.length + 1 - lettersMax))) drop(key)
      const age = platform.now().toString(36).padStart(9, '0')
      const key = `${prefix}${age}.${(count++).toString(36).padStart(6, '0')}.${platform.newId()}`
      own.add(key)
      write(key, letter)
      return key
    },

    waiting() {
      const now = platform.now()
      return keys().flatMap((key) => {
        const isOrphan = now - writtenAt(key) >= orphanMs
        return own.has(key) || isOrphan ? (keptIn(stores, key) ?? []) : []
      })
    },

    replace(key, letter) {
      remove(key)
      own.add(key)
      write(key, letter)
    },
    remove,
    clear: () => keys().forEach(remove),
    get dropped() {
      return dropped
    },
  }
}

function keysOf(store: TextStorage): readonly string[] {
  const names = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '')
  return names.filter((name) => name.startsWith(prefix))
}

function writtenAt(key: string): number {
  return Number.parseInt(key.slice(prefix.length), 36)
}

/** False where there is no room, or where nothing may be written. */
function written(store: TextStorage, key: string, text: string): boolean {
  try {
    store.setItem(key, text)
    return true
  } catch {
    return false
  }
}

function keptIn(stores: readonly TextStorage[], key: string): Kept | undefined {
  for (const store of stores) {
    const text = store.getItem(key)
    if (text === null) continue
    try {
      // Written above; somebody else's scribbling is not ours to tell.
      const letter = JSON.parse(text) as Letter
      return { key, letter, sizeBytes: new TextEncoder().encode(text).length }
    } catch {
      store.removeItem(key)
    }
  }
  return undefined
}
