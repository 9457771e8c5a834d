import type { Timestamp } from '../../events/clock.ts'
import { BestList } from '../../kernel/best-list.ts'
import type { Catalogue, TagColumn } from '../catalogue/catalogue.ts'
import type { Ordinal } from '../projections/projection.ts'

/** The best items by one measure: over all, and within each tag of some attributes. */
export interface RankedSet {
  /** Up to `limit` servable items of the channel ('' for all) that `accept` takes, best first. */
  top(channel: string, at: Timestamp, limit: number, accept: Accept): Ordinal[]

  /** The same for one tag of an attribute that the set was made for; empty for any other. */
  topOfTag(attribute: string, code: number, at: Timestamp, limit: number, accept: Accept): Ordinal[]
}

export type Accept = (item: Ordinal) => boolean

export interface RankedSetOptions {
  /** The higher the better; NaN for items that have no place in the set. */
  readonly measure: (item: Ordinal) => number
  /** Tags attributes to keep a list for each tag of; `channels` is one of them. */
  readonly attributes: readonly string[]
  /** Items kept over all, and for each tag: what lies beyond is never proposed. */
  readonly perScope: number
}

/** A ranked set that is told of every change of an item's measure, tags or availability. */
export interface WatchingRankedSet extends RankedSet {
  update(item: Ordinal): void
}

/** What a list is made of: the items it may hold, and which of them belong. */
interface Scope {
  readonly list: BestList
  readonly items: () => Iterable<Ordinal>
  readonly belongs: (item: Ordinal) => boolean
}

/**
 * Lists stay exact by themselves while measures rise. Where many items fell, left or were
 * withdrawn, a list is filled anew by going through all items of its scope, in the request that
 * finds it so.
 */
export function rankedSet(catalogue: Catalogue, options: RankedSetOptions): WatchingRankedSet {
  const { measure, attributes, perScope } = options
  const all: Scope = {
    list: new BestList(perScope),
    items: () => numbersBelow(catalogue.size),
    belongs: () => true,
  }
  const byTag = new Map(attributes.map((attribute) => [attribute, new Map<number, Scope>()]))

  const scopeOf = (attribute: string, code: number, column: TagColumn): Scope | undefined => {
    const scopes = byTag.get(attribute)
    let scope = scopes?.get(code)
    if (scopes !== undefined && scope === undefined) {
      scope = {
        list: new BestList(perScope),
        items: () => column.items(code),
        belongs: (item) => column.has(item, code),
      }
      scopes.set(code, scope)
    }
    return scope
  }

  const read = (scope: Scope, at: Timestamp, limit: number, accept: Accept): Ordinal[] => {
    let found = walk(scope, catalogue, at, limit, accept)
    if (found.length < limit && scope.list.thin) {
      scope.list.clear()
      for (const item of scope.items()) {
        if (!isGone(catalogue, item, at)) place(scope.list, item, measure(item))
      }
      found = walk(scope, catalogue, at, limit, accept)
    }
    return found
  }

  const topOfTag: RankedSet['topOfTag'] = (attribute, code, at, limit, accept) => {
    const column = catalogue.tags(attribute)
    const scope = column && scopeOf(attribute, code, column)
    return scope === undefined ? [] : read(scope, at, limit, accept)
  }

  return {
    topOfTag,
    top(channel, at, limit, accept) {
      if (channel === '') return read(all, at, limit, accept)
      const code = catalogue.tags('channels')?.code(channel)
      return code === undefined ? [] : topOfTag('channels', code, at, limit, accept)
    },
    update(item) {
      const score = measure(item)
      place(all.list, item, score)
      for (const attribute of attributes) {
        const column = catalogue.tags(attribute)
        if (column === undefined) continue
        for (const code of column.of(item)) {
          place(scopeOf(attribute, code, column)!.list, item, score)
        }
      }
    },
  }
}

/** Goes through a list, best first; what left the scope, or the catalogue, leaves the list. */
function walk(
  { list, belongs }: Scope,
  catalogue: Catalogue,
  at: Timestamp,
  limit: number,
  accept: Accept,
): Ordinal[] {
  const found: Ordinal[] = []
  const gone: Ordinal[] = []
  for (let index = 0; index < list.size && found.length < limit; index++) {
    const item = list.at(index)
    // What left the scope goes at once, also where its time has yet to come: it would keep the
    // list from being found thin.
    if (!belongs(item) || isGone(catalogue, item, at)) gone.push(item)
    else if (catalogue.servable(item, at) && accept(item)) found.push(item)
  }
  for (const item of gone) list.delete(item)
  return found
}

function place(list: BestList, item: Ordinal, score: number): void {
  if (Number.isNaN(score)) list.delete(item)
  else list.put(item, score)
}

function* numbersBelow(count: number): Iterable<number> {
  for (let number = 0; number < count; number++) yield number
}

/** Not servable, and not because its time has yet to come. */
function isGone(catalogue: Catalogue, item: Ordinal, at: Timestamp): boolean {
  return !catalogue.servable(item, at) && !(catalogue.availableFrom(item) > at)
}
