import { type Action, actions } from '../../events/event.ts'
import { actionPlaces } from '../projections/history.ts'
import type { Bytes } from '../store/store.ts'
import { ByteReader, ByteWriter } from './byte-stream.ts'
import type { Weighed } from './effect.ts'
import { dayCountMax, Interests } from './lasting.ts'
import type { Profile } from './profile.ts'
import { noProofs, type Proofs } from './proofs.ts'
import type { Session } from './session.ts'
import type { Statistics } from './statistics.ts'
import { TopicRows } from './topics/topic-rows.ts'
import { type TopicId, type TopicTable, topicTable } from './topics/topic-table.ts'

/** What is short enough to be spelled out. Texts that repeat are told by their places in a list. */
interface Header {
  readonly version: number
  readonly updatedAt: number
  readonly session?: Omit<Session, 'interests'>
  readonly follows: readonly (readonly [string, number])[]
  readonly statistics?: Omit<Statistics, 'days'>
  readonly texts: readonly string[]
  readonly counts: {
    readonly deeds: number
    readonly lasting: number
    readonly fading: number
    readonly days: number
  }
}

/**
 * A profile as bytes, little endian: `[headerBytes u32][header, JSON]`, then the deeds that speak
 * for any interest, each once: `[item u32][action u8][value f64][at f64][weight f32]`; then the
 * lasting interests: `[channel, attribute, tag: u16 each][days u8][proofs u8]`, each day as
 * `[day u16][sum f32]`, each proof as the place of its deed, `u16`; then those of the session: the
 * same head, with `[weight f64][at f64]` for the days; then the active days, `u16` each.
 */
export function packProfile(profile: Profile): Bytes {
  const { version, updatedAt, lasting, session, follows, statistics } = profile
  const packed = new PackedTopics(lasting.table)
  const { body, deeds } = packed
  for (let place = 0; place < lasting.size; place++) {
    const older = lasting.older[place]
    const hasDay = lasting.hasDay(place)
    const proofs = lasting.proofs[place]!
    packed.head(lasting.topics[place]!, (older?.length ?? 0) / 2 + (hasDay ? 1 : 0), proofs)
    if (older !== undefined) packed.days(older)
    if (hasDay) {
      body.u16(lasting.times[place]!)
      body.f32(lasting.weights[place]!)
    }
    packed.proofs(proofs)
  }
  if (session !== undefined) {
    const { size, weights, times, proofs } = session.interests
    const topics = session.interests.topicsIn(lasting.table)
    for (let place = 0; place < size; place++) {
      packed.head(topics[place]!, 0, proofs[place]!)
      body.f64(weights[place]!)
      body.f64(times[place]!)
      packed.proofs(proofs[place]!)
    }
  }
  const { days = [], ...numbers } = statistics ?? {}
  body.reserve(days.length * 2)
  for (const day of days) body.u16(day)
  const header: Header = {
    version,
    updatedAt,
    ...(session && { session: headOf(session) }),
    follows: [...follows],
    // Without days there are no statistics at all.
    ...(statistics && { statistics: numbers as Omit<Statistics, 'days'> }),
    texts: packed.texts(),
    counts: {
      deeds: deeds.words.length,
      lasting: lasting.size,
      fading: session?.interests.size ?? 0,
      days: days.length,
    },
  }
  const head = Buffer.from(JSON.stringify(header))
  const start = startWriter.clear()
  start.u32(head.byteLength)
  const table = tableWriter.clear()
  table.reserve(deeds.words.length * deedBytes)
  for (const { deed, weight } of deeds.words) {
    table.u32(deed.item)
    table.u8(actionPlaces.get(deed.action)!)
    table.f64(deed.value ?? Number.NaN)
    table.f64(deed.at)
    table.f32(weight)
  }
  return Buffer.concat([start.bytes(), head, table.bytes(), body.bytes()])
}

/** Places for words, in the order in which they come: the same value gives the same bytes. */
class Places<Word> {
  readonly words: Word[] = []
  readonly #known = new Map<Word, number>()

  of(word: Word): number {
    let place = this.#known.get(word)
    if (place === undefined) this.#known.set(word, (place = this.words.push(word) - 1))
    return place
  }
}

const deedBytes = 25
const topicBytesMax = 8 + 6 * dayCountMax + 2 * 0xff

/** Topics one after the other, and what they have in common. */
class PackedTopics {
  readonly body = bodyWriter.clear()
  readonly #table: TopicTable
  /** Words that were met, in the order in which they came; their marks tell their places. */
  readonly #words: number[] = []
  // One deed is one thing in memory, whatever it speaks for, also of a profile that was read back.
  readonly deeds = new Places<Weighed>()
  // Topics of one item come in a row, with the same proofs.
  #proofs = noProofs
  #proofPlaces: readonly number[] = []

  constructor(table: TopicTable) {
    this.#table = table
  }

  head(topic: TopicId, dayCount: number, proofs: Proofs): void {
    const { body } = this
    const table = this.#table
    body.reserve(topicBytesMax)
    body.u16(this.#placeOf(table.channelOf(topic)))
    body.u16(this.#placeOf(table.attributeOf(topic)))
    body.u16(this.#placeOf(table.tagOf(topic)))
    body.u8(dayCount)
    body.u8(proofs.length)
  }

  /** Days, each followed by its sum. */
  days(days: readonly number[]): void {
    for (let at = 0; at < days.length; at += 2) {
      this.body.u16(days[at]!)
      this.body.f32(days[at + 1]!)
    }
  }

  /** The words that were met. Ends the packing: nobody knows their places afterwards. */
  texts(): readonly string[] {
    for (const word of this.#words) this.#table.wordMarks[word] = 0
    return this.#words.map((word) => this.#table.text(word))
  }

  #placeOf(word: number): number {
    const { wordMarks } = this.#table
    if (wordMarks[word] === 0) wordMarks[word] = this.#words.push(word)
    return wordMarks[word]! - 1
  }

  proofs(proofs: Proofs): void {
    if (proofs !== this.#proofs) {
      this.#proofs = proofs
      this.#proofPlaces = proofs.map((proof) => this.deeds.of(proof))
    }
    for (const place of this.#proofPlaces) this.body.u16(place)
  }
}

// Used again for every row: room for each would be the most that writing one takes.
const [startWriter, tableWriter, bodyWriter] = [
  new ByteWriter(),
  new ByteWriter(),
  new ByteWriter(),
]

export function unpackProfile(bytes: Bytes): Profile {
  const from = new ByteReader(bytes)
  const { counts, texts, session, statistics, follows, ...known } = JSON.parse(
    from.text(from.u32()),
  ) as Header // Written by `packProfile`.
  const deeds = deedsIn(from, counts.deeds)
  const table = topicTable()
  const words = texts.map((text) => table.word(text))
  const lasting = new Interests(table)
  let proofs = noProofs
  for (let each = 0; each < counts.lasting; each++) {
    const place = lasting.add(topicIn(from, table, words))
    const dayCount = from.u8()
    const proofCount = from.u8()
    if (dayCount > 1) lasting.older[place] = daysIn(from, dayCount - 1)
    if (dayCount > 0) {
      lasting.times[place] = from.u16()
      lasting.weights[place] = from.f32()
    }
    lasting.proofs[place] = proofs = proofsIn(from, proofCount, deeds, proofs)
  }
  const interests = new TopicRows(table)
  for (let each = 0; each < counts.fading; each++) {
    const place = interests.add(topicIn(from, table, words))
    from.u8()
    const proofCount = from.u8()
    interests.weights[place] = from.f64()
    interests.times[place] = from.f64()
    interests.proofs[place] = proofs = proofsIn(from, proofCount, deeds, proofs)
  }
  const days = Array.from({ length: counts.days }, () => from.u16())
  return {
    ...known,
    lasting,
    session: session && { ...session, interests },
    follows: new Map(follows),
    statistics: statistics && { ...statistics, days },
  }
}

function headOf({ startedAt, lastAt, deedCount }: Session): Omit<Session, 'interests'> {
  return { startedAt, lastAt, deedCount }
}

// Functions of their own, and no closures: a profile is read for every visit.
function deedsIn(from: ByteReader, count: number): readonly Weighed[] {
  const deeds: Weighed[] = []
  for (let place = 0; place < count; place++) {
    const item = from.u32()
    const action: Action = actions[from.u8()]!
    const value = from.f64()
    const deed = { item, action, value: Number.isNaN(value) ? undefined : value, at: from.f64() }
    deeds.push({ deed, weight: from.f32() })
  }
  return deeds
}

/** The list of the topic before, where it is the same: most topics share theirs with another. */
function proofsIn(
  from: ByteReader,
  count: number,
  deeds: readonly Weighed[],
  before: Proofs,
): Proofs {
  if (count === 0) return noProofs
  const proofs = [deeds[from.u16()]!]
  while (proofs.length < count) proofs.push(deeds[from.u16()]!)
  const isSame = before.length === count && proofs.every((proof, place) => proof === before[place])
  return isSame ? before : proofs
}

function daysIn(from: ByteReader, count: number): number[] {
  const days: number[] = []
  for (let day = 0; day < count; day++) days.push(from.u16(), from.f32())
  return days
}

function topicIn(from: ByteReader, table: TopicTable, words: readonly number[]): TopicId {
  return table.of(words[from.u16()]!, words[from.u16()]!, words[from.u16()]!)
}
