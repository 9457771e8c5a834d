import { seededRandom } from '../random.ts'
import { type Arena, openArena } from '../wasm/arena.ts'
import {
  type CodedRows,
  entriesOf,
  entryBytes,
  type SearchKernels,
  scanRoom,
  searchKernels,
} from '../wasm/search-kernels.ts'
import { codedBytes, codedRows, codeQuery, codeWidthFor } from './coded-rows.ts'
import { exactSearch } from './exact-search.ts'
import { lengthsOf } from './lengths.ts'
import { type Lists, listBytes, listCountFor, listsOf } from './lists.ts'
import type { Found, MeasuredRecall, Nearest, NearestOptions, Only } from './nearest.ts'
import { queryOf, widthFor } from './query.ts'

/** What is looked at for one query. */
interface Breadth {
  /** Lists, those first whose centres are nearest. */
  readonly probes: number
  /** Rows that are looked at again as they are, of those nearest by their codes. */
  readonly again: number
}

/** Rows that a search finds at most, whatever was asked for. */
const foundMax = 10_000

/**
 * Rows in lists of like direction (an inverted file: Jégou, Douze and Schmid 2011), of which a
 * query looks through the nearest, in a byte per dimension, and at the best of them again as they
 * are. How many lists that takes is measured as it is made, so that it finds what was asked for.
 */
export function listSearch(options: NearestOptions & { readonly recall: number }): Nearest {
  const { rows, width, measure } = options
  const rowCount = rows.length / width
  const wide = widthFor(width)
  const placedBytes = rowCount * wide * 4 + codedBytes(rowCount, width)
  const listCount = options.lists?.listCount ?? listCountFor(rowCount)
  const kept = placedBytes + listBytes(listCount, width)
  const arena = openArena({ sizeBytes: kept + scratchBytes(rowCount, listCount, wide) })
  const kernels = searchKernels(arena)
  const lists = listsOf({ arena, kernels, ...options, random: seededRandom(options.seed) })
  const placed = arena.float32(rowCount * wide)
  const lengths = measure === 'cosine' ? lengthsOf(rows, width) : undefined
  for (let place = 0; place < rowCount; place++) {
    const row = lists.order[place]!
    const scale = 1 / (lengths?.[row] || 1)
    const [from, to] = [row * width, place * wide]
    for (let k = 0; k < width; k++) placed[to + k] = scale * rows[from + k]!
  }
  const coded = codedRows({ arena, kernels }, placed, wide, width)
  const searchBy = searcher({ ...{ arena, kernels, lists, placed, coded, width, measure } })
  const { probes, recall } = options.lists ?? measured(options, lists, searchBy)
  return {
    ...{ rowCount, width, measure, method: 'lists', sizeBytes: arena.sizeBytes, recall },
    lists: options.lists ?? { ...lists.learned, probes, recall },
    search: (query, k, only = {}) => accepted(query, k, only, probes, lists, searchBy),
  }
}

type Search = (query: Float32Array, k: number, breadth: Breadth) => Found

interface Placed {
  readonly arena: Arena
  readonly kernels: SearchKernels
  readonly lists: Lists
  readonly placed: Float32Array
  readonly coded: CodedRows
  readonly width: number
  readonly measure: Nearest['measure']
}

/** What a search writes in the arena: places and scores, of lists and of rows. */
function scratchBytes(rowCount: number, listCount: number, wide: number): number {
  const most = placesMax(rowCount)
  const ofRows = entryBytes(most + scanRoom) + entryBytes(most)
  const ofLists = entryBytes(listCount + scanRoom)
  return (2 * (wide + 8) + most) * 4 + 5 * 64 + ofLists + ofRows
}

/** Rows that are looked at again at most. */
const placesMax = (rowCount: number): number => Math.min(rowCount, againFor(foundMax))

function searcher({ arena, kernels, lists, placed, coded, width, measure }: Placed): Search {
  const { order, starts, centres, listCount } = lists
  const query = arena.float32(widthFor(width))
  const bytes = arena.int8(codeWidthFor(width)).fill(64)
  const nearestLists = entriesOf(arena, listCount + scanRoom)
  const most = placesMax(order.length)
  const again = entriesOf(arena, most + scanRoom)
  const products = arena.float32(most)
  const best = entriesOf(arena, most)
  // Centres are looked through as rows are: they are one list.
  const all = arena.uint32(1)
  const ends = arena.uint32(2)
  ends[1] = listCount
  return (asked, k, breadth) => {
    queryOf(asked, width, measure, query)
    codeQuery(query, width, bytes)
    const probes = kernels.scanLists(all, ends, bytes, centres, breadth.probes, nearestLists)
    const chosen = nearestLists.places.subarray(0, probes)
    const wanted = Math.min(most, breadth.again)
    const count = kernels.scanLists(chosen, starts, bytes, coded, wanted, again)
    const places = again.places.subarray(0, count)
    kernels.productsAt(query, placed, places, products)
    const size = kernels.take(products.subarray(0, count), Math.min(k, count), best, places)
    const rows = best.places.slice(0, size)
    for (let index = 0; index < size; index++) rows[index] = order[rows[index]!]!
    return { rows, scores: best.scores.slice(0, size) }
  }
}

/** For k neighbours, twice as many and some more are looked at again: codes rank them roughly. */
const againFor = (k: number): number => 2 * k + 100

/** Looks further where too little of what was found is accepted. */
function accepted(
  query: Float32Array,
  asked: number,
  { accept, above = Number.NEGATIVE_INFINITY }: Only,
  probesFirst: number,
  { listCount, order }: Lists,
  searchBy: Search,
): Found {
  const k = Math.min(asked, order.length, foundMax)
  const most = Math.min(order.length, foundMax)
  // Where some are not accepted, a few more at once take less time than looking again.
  let [wanted, probes] = [accept === undefined ? k : Math.min(most, 2 * k), probesFirst]
  if (accept === undefined && above === Number.NEGATIVE_INFINITY) {
    const found = searchBy(query, k, { probes, again: againFor(k) })
    if (found.rows.length >= k) return found
  }
  for (;;) {
    const found = searchBy(query, wanted, { probes, again: againFor(wanted) })
    const places = [...found.rows.keys()].filter((place) => found.scores[place]! > above)
    const kept = accept === undefined ? places : places.filter((p) => accept(found.rows[p]!))
    const isAll = probes >= listCount && wanted >= most
    // What is not above the bar now would not be, were more looked at.
    if (kept.length >= k || isAll || (accept === undefined && places.length < wanted)) {
      const taken = kept.slice(0, k)
      return {
        rows: Uint32Array.from(taken, (place) => found.rows[place]!),
        scores: Float32Array.from(taken, (place) => found.scores[place]!),
      }
    }
    probes = Math.min(listCount, probes * 4)
    wanted = Math.min(most, wanted * 4)
  }
}

const queriesMax = 100

/** The fewest lists that reach the recall wanted, and what they do reach. */
function measured(
  options: NearestOptions & { readonly recall: number },
  { listCount }: Lists,
  searchBy: Search,
): { readonly probes: number; readonly recall: MeasuredRecall } {
  const { rows, width, k: asked = 100, recall: wanted, queries = rows } = options
  const k = Math.min(asked, rows.length / width)
  const all = queries.length / width
  const queryCount = Math.min(queriesMax, all)
  const random = seededRandom(options.seed).fork('queries')
  const chosen = Array.from({ length: queryCount }, (_, index) => {
    const query = queryCount === all ? index : random.below(all)
    return queries.slice(query * width, (query + 1) * width)
  })
  const exact = exactSearch(options)
  const right = chosen.map((query) => new Set(exact.search(query, k).rows))
  for (let probes = 1; ; probes = Math.min(listCount, Math.ceil(probes * 1.25))) {
    let hits = 0
    for (const [index, query] of chosen.entries()) {
      const { rows: found } = searchBy(query, k, { probes, again: againFor(k) })
      for (const row of found) if (right[index]!.has(row)) hits++
    }
    const value = hits / Math.max(1, queryCount * k)
    if (value >= wanted || probes >= listCount) return { probes, recall: { value, k, queryCount } }
  }
}
