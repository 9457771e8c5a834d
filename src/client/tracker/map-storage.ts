import type { TextStorage } from './platform.ts'

/** What a map holds, as a browser's storage tells it. */
export function mapStorage(texts: Map<string, string> = new Map()): TextStorage {
  return {
    get length() {
      return texts.size
    },
    key: (index) => [...texts.keys()][index] ?? null,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  }
}
