import type { Event, UserId } from '../../src/events/event.ts'
import { defaultSignals, positiveSignal, signalOf } from '../../src/events/signals.ts'
import type { Ordinal } from '../../src/state/projections/projection.ts'
import type { Contender, Moment, Ranking } from './contender.ts'
import type { Split } from './split.ts'
import type { World } from './world.ts'

/** A like after the cut, what each row made of the moment before it, and who asked. */
export interface Trial {
  readonly user: UserId
  readonly target: Ordinal
  /** What the user must not be recommended: all they acted on so far. */
  readonly acted: ReadonlySet<Ordinal>
  /** Actions of the user so far. */
  readonly pastCount: number
  /** By row of all contenders, in their order. */
  readonly rankings: readonly Ranking[]
}

export interface WalkOptions {
  readonly world: World
  readonly split: Split
  /** Made when the world stands at the cut. */
  readonly contenders: readonly Contender[]
  /** Judge one like in so many. */
  readonly every: number
  readonly judge: (trial: Trial) => void
  readonly onProgress: (share: number) => void
}

interface Past {
  readonly acted: Set<Ordinal>
  readonly items: Ordinal[]
  readonly signals: number[]
}

/**
 * Walks through the actions after the cut in the order of the log: before each like every contender
 * is asked, then all learn of it. The world must stand at the cut.
 */
export async function walk(options: WalkOptions): Promise<void> {
  const { world, split, contenders, every, judge, onProgress } = options
  const pasts = new Map<UserId, Past>()
  for (const event of split.before) remember(pasts, event, world)
  let likeCount = 0
  for (const [index, event] of split.after.entries()) {
    if (event.type !== 'action' || event.item === undefined) continue
    const target = world.state.ordinals.of(event.item)
    const signal = signalOf(defaultSignals, event.action, event.value)
    if (signal >= positiveSignal && target !== undefined && likeCount++ % every === 0) {
      const past = pastOf(pasts, event.user)
      const moment = momentOf(event.user, event.at, past)
      const rankings: Ranking[] = []
      for (const contender of contenders) rankings.push(...(await contender.rank(moment)))
      const { acted } = past
      judge({ user: event.user, target, acted, pastCount: acted.size, rankings })
    }
    await world.state.fold(world.state.offset, [event])
    remember(pasts, event, world)
    for (const { told } of contenders) await told?.(event, world.state.ordinals.of(event.item)!)
    onProgress((index + 1) / split.after.length)
  }
}

function momentOf(user: UserId, at: number, { items, signals }: Past): Moment {
  return {
    user,
    at,
    likes: { items: Uint32Array.from(items), signals: Float32Array.from(signals) },
  }
}

function remember(pasts: Map<UserId, Past>, event: Event, { state }: World): void {
  if (event.type !== 'action' || event.item === undefined) return
  const item = state.ordinals.of(event.item)!
  const past = pastOf(pasts, event.user)
  const known = past.acted.has(item)
  past.acted.add(item)
  const signal = signalOf(defaultSignals, event.action, event.value)
  if (signal < positiveSignal || known) return
  past.items.push(item)
  past.signals.push(signal)
}

function pastOf(pasts: Map<UserId, Past>, user: UserId): Past {
  let past = pasts.get(user)
  if (past === undefined) pasts.set(user, (past = { acted: new Set(), items: [], signals: [] }))
  return past
}
