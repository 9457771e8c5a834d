import type { ActionEvent, UserId } from '../../src/events/event.ts'
import { positiveSignal } from '../../src/events/signals.ts'
import type { Ordinal } from '../../src/state/projections/projection.ts'
import type { World } from '../harness/world.ts'
import type { Contender, Moment, Ranking } from './contender.ts'
import { type Likes, signal } from './likes.ts'
import type { Split } from './split.ts'

/** A like after the cut, and what each row made of the moment before it. */
export interface Trial {
  readonly user: UserId
  readonly target: Ordinal
  /** What the user must not be recommended: all they acted on so far. */
  readonly acted: ReadonlySet<Ordinal>
  /** By row of all contenders, in their order. */
  readonly rankings: readonly Ranking[]
}

export interface WalkOptions {
  /** Stands at the cut: all that came before it is folded. */
  readonly world: World
  /** Holds what came before the cut, and learns of the rest. */
  readonly likes: Likes
  readonly split: Split
  readonly contenders: readonly Contender[]
  /** One like in so many is a trial. */
  readonly every: number
  readonly judge: (trial: Trial) => void
  readonly onProgress: (share: number) => void
}

/**
 * Walks through the actions after the cut in the order of the log: before a like every contender is
 * asked, and then all learn of it.
 */
export async function walk(options: WalkOptions): Promise<void> {
  const { world, likes, split, contenders, every, judge, onProgress } = options
  const { state } = world
  const pasts = new Map<UserId, Past>()
  for (const event of split.before) {
    if (event.type === 'action' && event.item !== undefined)
      remember(pasts, event, state.ordinals.of(event.item)!)
  }
  let likeCount = 0
  for (const [index, action] of split.after.entries()) {
    const target = state.ordinals.of(action.item!)
    if (target !== undefined && signal(action) >= positiveSignal && likeCount++ % every === 0) {
      const { acted, ...past } = pastOf(pasts, action.user)
      const moment = momentOf(action, past)
      const rankings: Ranking[] = []
      for (const contender of contenders) rankings.push(...(await contender.rank(moment)))
      judge({ user: action.user, target, acted, rankings })
    }
    await state.fold(state.offset, [action])
    const item = state.ordinals.of(action.item!)!
    remember(pasts, action, item)
    likes.add(action, item)
    for (const contender of contenders) await contender.told?.(action, item)
    onProgress((index + 1) / split.after.length)
  }
}

interface Past {
  readonly acted: Set<Ordinal>
  readonly items: Ordinal[]
  readonly signals: number[]
}

function momentOf({ user, at }: ActionEvent, { items, signals }: Omit<Past, 'acted'>): Moment {
  const likes = { items: Uint32Array.from(items), signals: Float32Array.from(signals) }
  return { user, at, likes }
}

function remember(pasts: Map<UserId, Past>, action: ActionEvent, item: Ordinal): void {
  const past = pastOf(pasts, action.user)
  past.acted.add(item)
  const value = signal(action)
  if (value < positiveSignal) return
  past.items.push(item)
  past.signals.push(value)
}

function pastOf(pasts: Map<UserId, Past>, user: UserId): Past {
  let past = pasts.get(user)
  if (past === undefined) pasts.set(user, (past = { acted: new Set(), items: [], signals: [] }))
  return past
}
