import { noProofs, type Proofs } from '../proofs.ts'
import type { TopicId, TopicTable } from './topic-table.ts'
import type { TopicList } from './topics.ts'

/**
 * Numbers and proofs by topic, in the order in which the topics came up. Columns, where a map of
 * objects would take ten times the room and leave most of it to be collected with every deed.
 */
export class TopicRows {
  /** In which the topics are numbered. */
  table: TopicTable

  topics: TopicId[] = []
  readonly weights: number[] = []
  /** Of when each weight is: as a day or as a moment. */
  readonly times: number[] = []
  readonly proofs: Proofs[] = []

  constructor(table: TopicTable) {
    this.table = table
  }

  get size(): number {
    return this.topics.length
  }

  /** The place of a topic; -1 where there is none. */
  placeOf(topic: TopicId): number {
    return this.topics.indexOf(topic)
  }

  /** A topic at the end, with zeros and no proofs. */
  add(topic: TopicId): number {
    this.weights.push(0)
    this.times.push(0)
    this.proofs.push(noProofs)
    return this.topics.push(topic) - 1
  }

  /** Takes out the places that are told by a 1; what is left keeps its order. */
  remove(gone: Uint8Array): void {
    let kept = 0
    for (let place = 0; place < this.size; place++) {
      if (gone[place] === 1) continue
      if (kept !== place) this.move(place, kept)
      kept++
    }
    this.cut(kept)
  }

  protected cut(size: number): void {
    this.topics.length = size
    this.weights.length = size
    this.times.length = size
    this.proofs.length = size
  }

  protected move(from: number, to: number): void {
    this.topics[to] = this.topics[from]!
    this.weights[to] = this.weights[from]!
    this.times[to] = this.times[from]!
    this.proofs[to] = this.proofs[from]!
  }

  /** The topics, as another table numbers them. */
  topicsIn(table: TopicTable): TopicId[] {
    if (table === this.table) return this.topics
    return this.topics.map((topic) => this.table.moved(topic, table))
  }

  /** Has the topics numbered by another table. */
  moveTo(table: TopicTable): void {
    this.topics = this.topicsIn(table)
    this.table = table
  }

  /**
   * Goes through topics and tells the place of each: first those that are here, then those that are
   * put behind them now, in the order of the list.
   */
  forEach({ table, topics }: TopicList, visit: (place: number, isNew: boolean) => void): void {
    if (this.table !== table) this.moveTo(table)
    const { marks } = table
    for (const topic of topics) marks[topic] = 1
    const known = this.size
    for (let place = 0; place < known; place++) {
      const topic = this.topics[place]!
      if (marks[topic] === 0) continue
      marks[topic] = 0
      visit(place, false)
    }
    for (const topic of topics) {
      if (marks[topic] === 0) continue
      marks[topic] = 0
      visit(this.add(topic), true)
    }
  }
}
