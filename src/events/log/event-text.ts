import type { Event, QueueEntry } from '../event.ts'

/**
 * Entries as a log keeps them. A run of a recipe offers some two hundred at once, which have their
 * run, model and expiry in common: said once, they take a sixth of the bytes.
 */
interface Packed {
  readonly item: readonly string[]
  readonly score: readonly number[]
  /** For each entry, which of `lists` proposed it. */
  readonly list: readonly number[]
  readonly lists: readonly (readonly string[])[]
  /** How many entries in a row have this run, model, expiry and writer. */
  readonly spans: readonly Span[]
}

type Span = readonly [count: number, run: string, model: string, expiresAt: number, writer?: string]

/** An event as the JSON that logs keep, one line. */
export function eventText(event: Event): string {
  if (event.type === 'offered') return JSON.stringify({ ...event, entries: packed(event.entries) })
  if (event.type === 'served') return JSON.stringify({ ...event, items: packed(event.items) })
  return JSON.stringify(event)
}

/** What `eventText` was given, hence the `as`. Logs of the first days spell every entry out. */
export function eventOf(text: string): Event {
  const event = JSON.parse(text) as Event
  if (event.type === 'offered') return { ...event, entries: unpacked(event.entries) }
  if (event.type === 'served') return { ...event, items: unpacked(event.items) }
  return event
}

function packed(entries: readonly QueueEntry[]): Packed {
  const lists: (readonly string[])[] = []
  const numbers = new Map<string, number>()
  const spans: [number, string, string, number, string?][] = []
  const known = new Map<readonly string[], number>()
  const list = entries.map(({ sources }) => {
    const before = known.get(sources)
    if (before !== undefined) return before
    // A name holds no such character: ids are checked at the door, sources are named in programs.
    const name = sources.join('\n')
    let number = numbers.get(name)
    if (number === undefined) numbers.set(name, (number = lists.push(sources) - 1))
    known.set(sources, number)
    return number
  })
  for (const { run, model, expiresAt, writer } of entries) {
    const span = spans.at(-1)
    const goesOn = span?.[1] === run && span[2] === model && span[3] === expiresAt
    if (goesOn && span[4] === writer) span[0]++
    else if (writer === undefined) spans.push([1, run, model, expiresAt])
    else spans.push([1, run, model, expiresAt, writer])
  }
  return {
    item: entries.map(({ item }) => item),
    score: entries.map(({ score }) => score),
    ...{ list, lists, spans },
  }
}

function unpacked(entries: readonly QueueEntry[] | Packed): readonly QueueEntry[] {
  if (!('spans' in entries)) return entries
  const { item, score, list, lists, spans } = entries
  const found: QueueEntry[] = []
  for (const [count, run, model, expiresAt, writer] of spans) {
    for (let left = count; left > 0; left--) {
      const place = found.length
      const sources = lists[list[place]!]!
      const entry = { item: item[place]!, score: score[place]!, sources, run, model, expiresAt }
      found.push(writer === undefined ? entry : { ...entry, writer })
    }
  }
  return found
}
