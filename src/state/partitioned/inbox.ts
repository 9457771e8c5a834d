import { StarlingError } from '../../error.ts'
import type { Offset } from '../../events/log/event-log.ts'
import type { Partition } from '../../events/streams/partitions.ts'
import { type Note, notesOf } from './outbox.ts'
import { letterKey, type Peer, type Standing, standingKey, standingOf } from './peer.ts'

/** Letters read from one partition at a time, at most: a bound on what is held in memory. */
const lettersAtOnce = 4

/** What the others wrote to one partition, put back into the order of the log. */
export interface Inbox {
  /** Reads what has come; resolves with how far everybody stands, by partition. */
  look(): Promise<readonly (Standing | undefined)[]>
  /**
   * The offset up to which nothing more can come: all partitions have folded the log that far, and
   * what they wrote of it is here.
   */
  readonly through: Offset
  /** The notes before an offset, in the order of the log; they are then taken. */
  take(before: Offset): readonly Note[]
  /** The first letter of each partition of which something was not taken. */
  readonly taken: readonly number[]
}

/** One partition's letters as they come in. */
interface Correspondent {
  readonly peer: Peer
  /** Notes read and not taken, oldest first, each with the number of its letter. */
  notes: { readonly note: Note; readonly letter: number }[]
  /** The letter to be read next. */
  next: number
  /** All notes before it have been read. */
  through: Offset
}

/** Goes on after what was taken: of a letter taken in part, what lies before `keyed` is skipped. */
export function openInbox(
  partition: Partition,
  peers: readonly Peer[],
  { keyed, taken }: Pick<Standing, 'keyed' | 'taken'>,
): Inbox {
  const correspondents = peers.map(
    (peer, from): Correspondent => ({ peer, notes: [], next: taken[from]!, through: 0 }),
  )

  const read = async (one: Correspondent): Promise<Standing | undefined> => {
    const keys = Array.from({ length: lettersAtOnce }, (_, ahead) =>
      letterKey(partition, one.next + ahead),
    )
    // The standing is read first: letters that are written meanwhile tell of later events.
    const wanted = one.notes.length > 0 ? [] : keys
    const [bytes, ...letters] = await one.peer.get([standingKey, ...wanted])
    const standing = standingOf(bytes)
    if (
      wanted.length > 0 &&
      letters[0] === undefined &&
      one.next < (standing?.sent[partition] ?? 0)
    )
      throw lost(one.next, partition)
    for (const letter of letters) {
      if (letter === undefined) break
      for (const note of notesOf(letter)) {
        if (note.offset >= keyed) one.notes.push({ note, letter: one.next })
      }
      one.next++
    }
    const readAll = standing !== undefined && one.next >= standing.sent[partition]!
    if (readAll) one.through = standing.offset
    else if (one.notes.length > 0) one.through = one.notes.at(-1)!.note.offset + 1
    return standing
  }

  return {
    look: () => Promise.all(correspondents.map(read)),
    get through() {
      return Math.min(...correspondents.map(({ through }) => through))
    },

    take(before) {
      const notes: Note[] = []
      for (const one of correspondents) {
        const end = one.notes.findIndex(({ note }) => note.offset >= before)
        const count = end < 0 ? one.notes.length : end
        notes.push(...one.notes.splice(0, count).map(({ note }) => note))
      }
      // An event has one speaker: no two notes have the same offset.
      return notes.sort((a, b) => a.offset - b.offset)
    },

    get taken() {
      return correspondents.map(({ notes, next }) => notes[0]?.letter ?? next)
    },
  }
}

function lost(letter: number, to: Partition): StarlingError {
  const message =
    `letter ${letter} to partition ${to} was removed before it was taken: its store is not the ` +
    'one that the others wrote to. Begin anew in an empty folder'
  return new StarlingError('data_loss', message)
}
