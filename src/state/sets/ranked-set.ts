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

  /** What items are compared by: the higher the better; NaN for those without a place. */
  measure(item: Ordinal): number
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
  readonly count: () => number
  readonly belongs: (item: Ordinal) => boolean
  /** It knows of the changes before this one. */
  seen: number
}

/** Changes that the list of a tag catches up with, in a millisecond; beyond, it is filled anew. */
const changeCountMax = 8_192

/** The list over all is never further behind: no request has to go through a whole catalogue. */
const behindMax = 256

/**
 * Lists stay exact by themselves while measures rise. Where many items fell, left or were
 * withdrawn, a list is filled anew by going through all items of its scope, in the request that
 * finds it so.
 *
 * An item is in a dozen lists, and changes far more often than any of them is looked at: a change
 * is only noted, and the list of a tag catches up when somebody asks for it.
 */
export function rankedSet(catalogue: Catalogue, options: RankedSetOptions): WatchingRankedSet {
  const { measure, attributes, perScope } = options
  const changed = new Uint32Array(changeCountMax)
  let changeCount = 0
  const all: Scope = {
    list: new BestList(perScope),
    items: () => numbersBelow(catalogue.size),
    count: () => catalogue.size,
    belongs: () => true,
    seen: 0,
  }
  const byTag = new Map(attributes.map((attribute) => [attribute, new Map<number, Scope>()]))

  const scopeOf = (attribute: string, code: number, column: TagColumn): Scope | undefined => {
    const scopes = byTag.get(attribute)
    let scope = scopes?.get(code)
    if (scopes !== undefined && scope === undefined) {
      scope = {
        list: new BestList(perScope),
        items: () => column.items(code),
        count: () => column.count(code),
        belongs: (item) => column.has(item, code),
        // Nothing is in it yet.
        seen: Number.NEGATIVE_INFINITY,
      }
      scopes.set(code, scope)
    }
    return scope
  }

  const catchUp = ({ list, belongs }: Scope, from: number): void => {
    for (let change = from; change < changeCount; change++) {
      const item = changed[change % changeCountMax]!
      if (belongs(item)) place(list, item, measure(item))
    }
  }

  const refill = (scope: Scope, at: Timestamp): void => {
    scope.list.clear()
    for (const item of scope.items()) {
      if (!isGone(catalogue, item, at)) place(scope.list, item, measure(item))
    }
  }

  const read = (scope: Scope, at: Timestamp, limit: number, accept: Accept): Ordinal[] => {
    const behind = changeCount - scope.seen
    if (behind > Math.min(changeCountMax, scope.count())) refill(scope, at)
    else catchUp(scope, scope.seen)
    scope.seen = changeCount
    let found = walk(scope, catalogue, at, limit, accept)
    if (found.length < limit && scope.list.thin) {
      refill(scope, at)
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
    measure,
    topOfTag,
    top(channel, at, limit, accept) {
      if (channel === '') return read(all, at, limit, accept)
      const code = catalogue.tags('channels')?.code(channel)
      return code === undefined ? [] : topOfTag('channels', code, at, limit, accept)
    },
    update(item) {
      changed[changeCount % changeCountMax] = item
      changeCount++
      if (changeCount - all.seen < behindMax) return
      catchUp(all, all.seen)
      all.seen = changeCount
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
    const shown = catalogue.servable(item, at)
    if (!belongs(item) || (!shown && isGone(catalogue, item, at))) gone.push(item)
    else if (shown && accept(item)) found.push(item)
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
