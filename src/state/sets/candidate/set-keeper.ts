import { isDeepStrictEqual } from 'node:util'
import type { Timestamp } from '../../../events/clock.ts'
import type { Random } from '../../../kernel/random.ts'
import { resolutions } from '../../activity/resolutions.ts'
import { items } from '../../projections/items.ts'
import type { State } from '../../state.ts'
import { nothing, type SetContents } from './set-contents.ts'
import type { SetDeclaration } from './set-declaration.ts'
import { type SetGround, setMaking } from './set-making.ts'

/** A set as it was made last. */
export interface Held {
  readonly contents: SetContents
  readonly madeAt?: Timestamp
  /** Why it could not be made anew. */
  readonly failure?: string
}

export interface SetKeeper {
  /** These sets are to be kept. What one of the same name held is told until it is made anew. */
  declare(sets: ReadonlyMap<string, SetDeclaration>): void

  /** A set as it stands; begins to make it anew where it is due. Throws for a name not declared. */
  read(name: string, at: Timestamp): Held
}

export interface SetKeeperOptions extends SetGround {
  readonly state: Pick<State, 'watch'>
  readonly random: Random
  /**
   * True: what takes long is made in the background, a stretch at a time, and what was made before
   * is told meanwhile. False, for a replay: it is made before it is told.
   */
  readonly inBackground: boolean
}

interface Kept {
  declared: SetDeclaration
  held: Held
  /** Made of another declaration than that in force. */
  stale: boolean
  /** What the ground was when the making began. */
  madeOf: string
  /** It took more than one turn. */
  slow: boolean
  making: Generator<number, SetContents> | undefined
  makingAt: Timestamp
}

/** What may be looked at in one turn of the event loop: a millisecond or two of making. */
const turnCostMax = 10_000

/** A set that is made anew with every change rests as long as this, where it takes more turns. */
const restMs = 1_000

/**
 * Keeps sets no older than they may be. They are made as they are read, by the time of the reading:
 * small ones at once, others in the background and in turn.
 */
export function setKeeper(options: SetKeeperOptions): SetKeeper {
  const { state, activity, random, inBackground } = options
  const sets = new Map<string, Kept>()
  const waiting: Kept[] = []
  let left = turnCostMax
  let isPlanned = false
  let itemsVersion = 0
  state.watch(items, () => itemsVersion++)

  /** All that a set of no period is made of: it is made anew where this is another. */
  const groundOf = ({ kind }: SetDeclaration, at: Timestamp): string => {
    // Sums over windows change with deeds, and when a step begins.
    const step = Math.floor(at / resolutions[0].stepMs)
    return kind === 'operator' ? `${itemsVersion}` : `${itemsVersion}.${activity.version}.${step}`
  }

  const isDue = (kept: Kept, at: Timestamp): boolean => {
    const { declared, held, slow } = kept
    if (kept.making !== undefined) return false
    if (kept.stale || held.madeAt === undefined) return true
    // A replay may step back a little, where its log does.
    const age = Math.abs(at - held.madeAt)
    if (declared.refreshMs > 0) return age >= declared.refreshMs
    return kept.madeOf !== groundOf(declared, at) && (!slow || age >= restMs)
  }

  const begin = (name: string, kept: Kept, at: Timestamp): void => {
    kept.making = setMaking(kept.declared, options, at, random.fork(`${name}/${at}`))
    kept.makingAt = at
    kept.madeOf = groundOf(kept.declared, at)
    kept.slow = false
    waiting.push(kept)
    work()
  }

  /** Makes what waits, until the turn is over. */
  const work = (): void => {
    while (waiting.length > 0 && (left > 0 || !inBackground)) {
      const kept = waiting[0]!
      if (advance(kept)) waiting.shift()
    }
    for (const kept of waiting) kept.slow = true
    if (inBackground && left < turnCostMax && !isPlanned) {
      isPlanned = true
      setImmediate(nextTurn)
    }
  }

  const nextTurn = (): void => {
    isPlanned = false
    left = turnCostMax
    work()
  }

  /** One stretch; true where there is nothing more to do. */
  const advance = (kept: Kept): boolean => {
    const { making, makingAt } = kept
    if (making === undefined) return true
    try {
      const { done, value } = making.next()
      if (!done) {
        left -= value
        return false
      }
      kept.held = { contents: value, madeAt: makingAt }
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error)
      // What was made of another declaration is not what is wanted now.
      const contents = kept.stale ? nothing : kept.held.contents
      kept.held = { contents, madeAt: makingAt, failure }
    }
    kept.making = undefined
    kept.stale = false
    return true
  }

  return {
    declare(declared) {
      for (const name of sets.keys()) {
        if (declared.has(name)) continue
        sets.get(name)!.making = undefined
        sets.delete(name)
      }
      for (const [name, set] of declared) {
        const before = sets.get(name)
        if (before === undefined) sets.set(name, unmade(set))
        else if (!isDeepStrictEqual(before.declared, set)) {
          before.declared = set
          before.stale = true
          before.making = undefined
        }
      }
    },

    read(name, at) {
      const kept = sets.get(name)!
      if (isDue(kept, at)) begin(name, kept, at)
      return kept.held
    },
  }
}

function unmade(declared: SetDeclaration): Kept {
  return {
    ...{ declared, held: { contents: nothing }, stale: false, madeOf: '', slow: false },
    ...{ making: undefined, makingAt: 0 },
  }
}
