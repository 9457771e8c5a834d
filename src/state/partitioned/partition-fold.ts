import { StarlingError } from '../../error.ts'
import type { Event } from '../../events/event.ts'
import type { LoggedEvent, Offset } from '../../events/log/event-log.ts'
import { type Parties, type Partition, partiesOf } from '../../events/streams/partitions.ts'
import type { Need, Projection } from '../projections/projection.ts'
import type { Key, Store } from '../store/store.ts'
import type { Table } from '../tables/table.ts'
import {
  type Foreign,
  type Handovers,
  handedOf,
  handedOver,
  nothingForeign,
  openHandovers,
} from './handovers.ts'
import { type Holdings, openHoldings } from './holdings.ts'
import { type Inbox, openInbox } from './inbox.ts'
import { type Meaning, type Reader, reader } from './meaning.ts'
import { type Note, type Outbox, openOutbox } from './outbox.ts'
import { type Peer, type Standing, standingKey, standingOf, standingWrite } from './peer.ts'
import type { Division } from './spread.ts'

export interface PartitionOptions {
  readonly partition: Partition
  readonly division: Division
  /** Its own store: nobody else may write to it. */
  readonly store: Store
  /** What all partitions have committed, its own included, in their order. */
  readonly peers: readonly Peer[]
  /** Bytes of encoded values kept in memory, about. */
  readonly cacheBytes?: number
  /** While so much waits to be taken by others, no more of the log is read. */
  readonly outboxBytesMax?: number
  /** Events folded between two commits, at most. */
  readonly checkpointEvents?: number
}

/**
 * How far an `advance` came: through all it was given; to a merge for which the other user's
 * partition has not come; or to where others must take what waits for them.
 */
export type Advance = 'done' | 'waiting' | 'held'

/** How far the log was folded, and how far what others told, by the last commit. */
export type Durable = Pick<Standing, 'offset' | 'keyed'>

/**
 * One partition's share of the state. It reads the whole log, folds what is known of its own users,
 * and tells the owners of other keys what follows for them; those fold what they are told in the
 * order of the log, up to where every partition has come. Both sides and all that was told are one
 * commit. Calls must not overlap.
 */
export interface PartitionFold {
  readonly partition: Partition
  /** The next event of the log. */
  readonly offset: Offset
  /** Everything that was told of events before it is folded. */
  readonly keyed: Offset
  /** What a crash leaves of the two. */
  readonly durable: Durable
  /** What waits for others to take it. */
  readonly outboxBytes: number
  /** Everything is committed, and nothing waits for others. */
  readonly settled: boolean
  /** Folds events that follow each other in the log; those that it has are passed over. */
  advance(events: readonly LoggedEvent[]): Promise<Advance>
  /** Folds what others have told, as far as nothing can come before it. Did anything come? */
  deliver(): Promise<boolean>
  /** Commits what changed since the last time, if anything did. */
  checkpoint(): Promise<void>
}

const defaults = {
  cacheBytes: 16 * 2 ** 20,
  outboxBytesMax: 16 * 2 ** 20,
  checkpointEvents: 10_000,
}

/** Notes gathered for one letter, about: a letter is read and decoded as a whole. */
const openBytesMax = 2 * 2 ** 20

export async function openPartition(options: PartitionOptions): Promise<PartitionFold> {
  const { partition, division, store, peers } = options
  const standing = await standingIn(store, division)
  const cacheBytes = options.cacheBytes ?? defaults.cacheBytes
  const holdings = await openHoldings(store, division, partition, cacheBytes)
  return new Partitioned(options, standing, {
    holdings,
    outbox: await openOutbox(store, standing.sent),
    inbox: openInbox(partition, peers, standing),
    handovers: await openHandovers(store),
    reader: reader(division, partition, holdings),
  })
}

interface Organs {
  readonly holdings: Holdings
  readonly outbox: Outbox
  readonly inbox: Inbox
  readonly handovers: Handovers
  readonly reader: Reader
}

class Partitioned implements PartitionFold {
  readonly #options: PartitionOptions
  readonly #organs: Organs
  readonly #owned: readonly Projection<unknown>[]
  #offset: Offset
  #keyed: Offset
  #durable: Durable
  /** The letters that are needed no more once `#keyed` is committed. */
  #taken: readonly number[]
  #eventsSince = 0
  #dirty = false

  constructor(options: PartitionOptions, { offset, keyed, taken }: Standing, organs: Organs) {
    this.#options = options
    this.#organs = organs
    this.#offset = offset
    this.#keyed = keyed
    this.#durable = { offset, keyed }
    this.#taken = taken
    this.#owned = options.division.in('key').filter(({ owner }) => owner !== undefined)
  }

  get partition(): Partition {
    return this.#options.partition
  }

  get offset(): Offset {
    return this.#offset
  }

  get keyed(): Offset {
    return this.#keyed
  }

  get durable(): Durable {
    return this.#durable
  }

  get outboxBytes(): number {
    return this.#organs.outbox.heldBytes
  }

  get settled(): boolean {
    const { outbox, handovers } = this.#organs
    return !this.#dirty && outbox.heldBytes === 0 && handovers.heldCount === 0
  }

  async advance(events: readonly LoggedEvent[]): Promise<Advance> {
    const { outboxBytesMax = defaults.outboxBytesMax } = this.#options
    const { checkpointEvents = defaults.checkpointEvents, division, partition } = this.#options
    const { outbox } = this.#organs
    const first = events[0]?.offset ?? this.#offset
    for (const { event } of events.slice(Math.max(0, this.#offset - first))) {
      if (outbox.heldBytes > outboxBytesMax) return 'held'
      this.#organs.holdings.turn()
      if (event !== undefined) {
        const parties = partiesOf(event, division.count)
        const other = otherParty(parties, partition)
        const foreign = other === undefined ? nothingForeign : await this.#meet(event, other)
        if (foreign === undefined) return 'waiting'
        const folding = this.#fold(event, parties, foreign)
        if (folding !== undefined) await folding
      }
      this.#offset++
      this.#dirty = true
      this.#eventsSince++
      if (this.#eventsSince >= checkpointEvents || outbox.openBytes > openBytesMax) {
        await this.checkpoint()
      }
    }
    return 'done'
  }

  async deliver(): Promise<boolean> {
    const { inbox, outbox, handovers } = this.#organs
    for (const [from, standing] of (await inbox.look()).entries()) {
      if (standing === undefined) continue
      if (outbox.delivered(from, standing.taken[this.partition]!)) this.#dirty = true
      if (handovers.passed(from, standing.offset)) this.#dirty = true
    }
    const { through } = inbox
    if (through <= this.#keyed) return false
    for (const note of inbox.take(through)) await this.#foldNote(note)
    this.#keyed = through
    this.#taken = inbox.taken
    this.#dirty = true
    return true
  }

  async checkpoint(): Promise<void> {
    if (!this.#dirty) return
    const { holdings, outbox, handovers } = this.#organs
    const { count, versions } = this.#options.division
    const more = [...outbox.seal(), ...handovers.seal()]
    const progress = { offset: this.#offset, keyed: this.#keyed }
    const post = { sent: outbox.next, taken: this.#taken }
    await holdings.commit([...more, standingWrite({ count, versions, ...progress, ...post })])
    this.#durable = progress
    this.#dirty = false
    this.#eventsSince = 0
  }

  /** Nothing to wait for where all that is needed is in memory. */
  #fold(event: Event, parties: Parties, foreign: Foreign): Promise<void> | undefined {
    const { holdings, reader } = this.#organs
    holdings.ordinals.admit(event)
    const loading = holdings.load(reader.needs(event, parties, foreign))
    if (loading === undefined) return this.#judge(event, parties, foreign)
    return loading.then(() => this.#judge(event, parties, foreign))
  }

  #judge(event: Event, parties: Parties, foreign: Foreign): Promise<void> | undefined {
    const { holdings, reader } = this.#organs
    const meaning = reader.meaning({ offset: this.#offset, event }, parties, foreign)
    if (event.type === 'erase') return this.#foldErasure(event.user, parties, meaning)
    const { told } = meaning
    for (const [to, sent] of told) this.#organs.outbox.add(to, { offset: this.#offset, sent })
    const loading = holdings.load(meaning.own)
    if (loading === undefined) this.#apply(meaning)
    return loading?.then(() => this.#apply(meaning))
  }

  #apply({ own }: Meaning): void {
    const { holdings } = this.#organs
    for (const { projection, key, change } of own) holdings.fold(projection, key, change)
  }

  async #foldErasure(erased: string, parties: Parties, meaning: Meaning): Promise<void> {
    const { holdings, outbox, reader } = this.#organs
    const { partition, division } = this.#options
    await this.#erase(reader.erasable(parties), erased)
    await holdings.load(meaning.own)
    this.#apply(meaning)
    if (parties.speaker !== partition) return
    // Rows that say whose they are may lie with anybody.
    for (let to = 0; to < division.count; to++) {
      const sent = meaning.told.get(to) ?? []
      if (sent.length === 0 && this.#owned.length === 0) continue
      outbox.add(to, { offset: this.#offset, erased, sent })
    }
  }

  /** What the other party to a merge knows; `undefined` until it has come so far. */
  async #meet(event: Event, other: Partition): Promise<Foreign | undefined> {
    const { partition, peers, division } = this.#options
    const { handovers, holdings, reader } = this.#organs
    if (!handovers.isReady(this.#offset)) {
      const values = await handedOf(holdings, reader.handover(event))
      handovers.prepare(other, this.#offset, values)
      this.#dirty = true
      await this.checkpoint()
    }
    return handedOver(peers[other]!, partition, this.#offset, division.in('user'))
  }

  async #foldNote({ offset, erased, sent }: Note): Promise<void> {
    const { holdings } = this.#organs
    const { travelling } = this.#options.division
    if (erased !== undefined && this.#owned.length > 0) {
      this.#keyed = offset
      await this.#erase(this.#owned, erased)
    }
    const needs: Need[] = []
    for (const [place, key] of sent) {
      const fold = travelling[place]!
      if (isProjection(fold)) needs.push({ projection: fold, key: key as Key })
    }
    const loading = holdings.load(needs)
    if (loading !== undefined) await loading
    for (const [place, key, change] of sent) {
      const fold = travelling[place]!
      // A key is what the fold's own `changes` named: a text for projections, a row for tables.
      if (isProjection(fold)) holdings.fold(fold, key as Key, change)
      else holdings.foldRow(fold, key as number, change)
    }
  }

  async #erase(projections: readonly Projection<unknown>[], user: string): Promise<void> {
    if (projections.length === 0) return
    // It looks through the store, which must know all that happened before.
    this.#dirty = true
    await this.checkpoint()
    this.#dirty = true
    for (const projection of projections) await this.#organs.holdings.erase(projection, user)
  }
}

/** With whom an event must be judged together: the partition of the other user of a merge. */
function otherParty({ all }: Parties, partition: Partition): Partition | undefined {
  if (all.length < 2 || !all.includes(partition)) return undefined
  return all.find((one) => one !== partition)
}

function isProjection(fold: Projection<unknown> | Table): fold is Projection<unknown> {
  return 'keyBy' in fold
}

async function standingIn(store: Store, { count, versions }: Division): Promise<Standing> {
  const [bytes] = await store.get([standingKey])
  const found = standingOf(bytes)
  if (found === undefined) {
    const none = new Array<number>(count).fill(0)
    return { count, versions, offset: 0, keyed: 0, sent: none, taken: none }
  }
  const names = Object.keys(versions)
  const isSame =
    names.length === Object.keys(found.versions).length &&
    names.every((name) => found.versions[name] === versions[name])
  if (found.count === count && isSame) return found
  const made = found.count === count ? 'by other versions of its folds' : `for ${found.count}`
  throw new StarlingError(
    'failed_precondition',
    `a state of ${count} partitions cannot go on with one that was made ${made}: ` +
      'begin anew in an empty folder',
  )
}
