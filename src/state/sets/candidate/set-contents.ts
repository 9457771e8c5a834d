import { TopK } from '../../../kernel/top-k.ts'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { Ordinal } from '../../projections/projection.ts'

/** Items with their scores, best first; of equal scores the item known for longer comes first. */
export interface Standing {
  readonly items: Uint32Array
  readonly scores: Float64Array
}

/** What a set holds, as it was made: over all, and of each channel by its code. */
export interface SetContents {
  readonly all: Standing
  readonly byChannel: ReadonlyMap<number, Standing>
}

export const nobody: Standing = { items: new Uint32Array(0), scores: new Float64Array(0) }

export const nothing: SetContents = { all: nobody, byChannel: new Map() }

export interface ContentsWanted {
  readonly capacity: number
  readonly channels?: readonly string[]
}

/** Finds the best of items that are offered in ascending order, of all and of each channel. */
export function contentsOf(catalogue: Catalogue, { capacity, channels }: ContentsWanted) {
  // Places in these are what the lists below know items by. Most items come too late to get in.
  const items: Ordinal[] = []
  const scores: number[] = []
  const all = new TopK(capacity)
  const byChannel = new Map<number, TopK>()

  const listOf = (code: number): TopK => {
    let list = byChannel.get(code)
    if (list === undefined) byChannel.set(code, (list = new TopK(capacity)))
    return list
  }

  /** An item gets its place once it gets in anywhere: most get in nowhere. */
  const put = (list: TopK, place: number, item: Ordinal, score: number): number => {
    if (!(score > list.threshold)) return place
    let given = place
    if (given < 0) {
      given = items.push(item) - 1
      scores.push(score)
    }
    list.offer(given, score)
    return given
  }

  const standing = (list: TopK): Standing => {
    const places = list.take()
    return {
      items: Uint32Array.from(places, (place) => items[place]!),
      scores: Float64Array.from(places, (place) => scores[place]!),
    }
  }

  return {
    /** Offers items side by side, so that their channels are looked up at once. */
    offer(stretch: Uint32Array, scoreOf: (item: Ordinal) => number): void {
      const column = catalogue.tags('channels')
      const wanted = channels && new Set(channels.map((name) => column?.code(name)))
      const { starts, codes } = column?.gather(stretch) ?? unlisted(stretch)
      for (let row = 0; row < stretch.length; row++) {
        const score = scoreOf(stretch[row]!)
        if (Number.isNaN(score)) continue
        let place = -1
        let isWanted = wanted === undefined
        for (let at = starts[row]!; at < starts[row + 1]!; at++) {
          const code = codes[at]!
          if (wanted !== undefined && !wanted.has(code)) continue
          isWanted = true
          place = put(listOf(code), place, stretch[row]!, score)
        }
        if (isWanted) put(all, place, stretch[row]!, score)
      }
    },

    take: (): SetContents => ({
      all: standing(all),
      byChannel: new Map(Array.from(byChannel, ([code, list]) => [code, standing(list)])),
    }),
  }
}

function unlisted({ length }: Uint32Array) {
  return { starts: new Uint32Array(length + 1), codes: new Uint32Array(0) }
}
