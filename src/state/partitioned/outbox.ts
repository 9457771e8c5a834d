import { deserialize, serialize } from 'node:v8'
import { broken } from '../../error.ts'
import type { Offset } from '../../events/log/event-log.ts'
import type { Partition } from '../../events/streams/partitions.ts'
import { fromHex } from '../ordinal-index.ts'
import type { Ordinal } from '../projections/projection.ts'
import type { Bytes, Key, Store, Write } from '../store/store.ts'
import { letterKey, letterPrefix } from './peer.ts'

/** One change on its way: which fold (its place in `Division.travelling`), which key, and what. */
export type Sent = readonly [fold: number, key: Key | Ordinal, change: unknown]

/** What one event means for the keys of one partition. */
export interface Note {
  readonly offset: Offset
  /** The user whose rows go, where the event erases one. */
  readonly erased?: string
  readonly sent: readonly Sent[]
}

/**
 * What a partition has to tell the others, a letter per commit and addressee. A letter is written
 * in the commit of the state it follows from, and removed when its addressee has committed what it
 * made of it: so a change counts once, whoever dies in between.
 */
export interface Outbox {
  /** Changes are written down at once: what they refer to may be changed by the next event. */
  add(to: Partition, note: Note): void
  /** Bytes of notes that wait for the next commit. */
  readonly openBytes: number
  /** Bytes of all that was not delivered yet. */
  readonly heldBytes: number
  /** The number of the next letter to each partition, counting what `seal` handed out. */
  readonly next: readonly number[]
  /** The open notes as letters, and the removal of delivered ones. */
  seal(): readonly Write[]
  /** All letters to the partition before `number` have been taken for good. Is that news? */
  delivered(to: Partition, number: number): boolean
}

interface Letter {
  readonly to: Partition
  readonly number: number
  readonly sizeBytes: number
}

export async function openOutbox(store: Store, next: readonly number[]): Promise<Outbox> {
  const letters = await lettersIn(store)
  const numbers = [...next]
  const open: Buffer[][] = next.map(() => [])
  let openBytes = 0
  let sealedBytes = letters.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  let waiting = letters
  let removals: Write[] = []

  return {
    next: numbers,
    get openBytes() {
      return openBytes
    },
    get heldBytes() {
      return openBytes + sealedBytes
    },

    add(to, note) {
      const bytes = noteBytes(note)
      open[to]!.push(bytes)
      openBytes += bytes.byteLength
    },

    seal() {
      const writes = removals
      removals = []
      for (const [to, notes] of open.entries()) {
        if (notes.length === 0) continue
        const value = Buffer.concat(notes)
        const number = numbers[to]!++
        writes.push({ put: letterKey(to, number), value })
        waiting.push({ to, number, sizeBytes: value.byteLength })
        sealedBytes += value.byteLength
        open[to] = []
      }
      openBytes = 0
      return writes
    },

    delivered(to, number) {
      const isGone = (letter: Letter): boolean => letter.to === to && letter.number < number
      if (!waiting.some(isGone)) return false
      for (const letter of waiting.filter(isGone)) {
        removals.push({ delete: letterKey(to, letter.number) })
        sealedBytes -= letter.sizeBytes
      }
      waiting = waiting.filter((letter) => !isGone(letter))
      return true
    },
  }
}

async function lettersIn(store: Store): Promise<Letter[]> {
  const found: Letter[] = []
  for await (const batch of store.scan(letterPrefix)) {
    for (const [key, value] of batch) {
      const [to = '', number = ''] = key.slice(letterPrefix.length).split('/')
      found.push({ to: fromHex(to), number: fromHex(number), sizeBytes: value.byteLength })
    }
  }
  return found
}

const headerBytes = 4

/** `[length u32]`, then the note as V8 clones structures: numbers, maps and sets come out alike. */
function noteBytes({ offset, erased, sent }: Note): Buffer {
  let body: Buffer
  try {
    body = serialize([offset, erased, sent])
  } catch (cause) {
    throw broken('a change that travels must be plain data', cause)
  }
  const header = Buffer.alloc(headerBytes)
  header.writeUInt32LE(body.byteLength)
  return Buffer.concat([header, body])
}

/** The notes of a letter, in the order of the log. */
export function notesOf(letter: Bytes): readonly Note[] {
  const bytes = Buffer.from(letter.buffer, letter.byteOffset, letter.byteLength)
  const notes: Note[] = []
  for (let start = 0; start < bytes.byteLength; ) {
    const end = start + headerBytes + bytes.readUInt32LE(start)
    // Written by `noteBytes`.
    const [offset, erased, sent] = deserialize(bytes.subarray(start + headerBytes, end)) as [
      Offset,
      string | undefined,
      readonly Sent[],
    ]
    notes.push({ offset, sent, ...(erased !== undefined && { erased }) })
    start = end
  }
  return notes
}
