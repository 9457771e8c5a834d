import type {
  ActionEvent,
  Event,
  OfferedEvent,
  QueueEntry,
  ServedEvent,
} from '../../events/event.ts'
import { openState } from '../folded-state.ts'
import { memoryStore } from '../store/memory-store.ts'
import type { Projection } from './projection.ts'

/**
 * What one projection holds under a key after some events; items are numbered as they are named.
 */
export async function valueAfter<Value>(
  projection: Projection<Value>,
  events: readonly Event[],
  key: string,
): Promise<Value | undefined> {
  const state = await openState({ store: memoryStore(), projections: [projection], tables: [] })
  await state.fold(0, events)
  return (await state.read([{ projection, key }])).get(projection, key)
}

/** All keys that a projection holds after some events. */
export async function keysAfter(
  projection: Projection<unknown>,
  events: readonly Event[],
): Promise<readonly string[]> {
  const state = await openState({ store: memoryStore(), projections: [projection], tables: [] })
  await state.fold(0, events)
  await state.checkpoint()
  const keys: string[] = []
  for await (const [key] of state.scan(projection)) keys.push(key)
  return keys
}

let nextId = 0

function fact(at: number) {
  return { id: `event${nextId++}`, at }
}

export function act(
  user: string,
  action: ActionEvent['action'],
  item?: string,
  more: Partial<ActionEvent> = {},
): ActionEvent {
  return { ...fact(1), type: 'action', action, user, ...(item !== undefined && { item }), ...more }
}

export function merge(from: string, into: string): Event {
  return { ...fact(1), type: 'merge', from, into }
}

export function erase(user: string): Event {
  return { ...fact(1), type: 'erase', user }
}

export function entry(item: string, more: Partial<QueueEntry> = {}): QueueEntry {
  return { item, score: 1, sources: ['popular'], run: 'run', model: '', expiresAt: 9_000, ...more }
}

export function serve(
  user: string,
  items: readonly string[],
  more: Partial<ServedEvent> = {},
): ServedEvent {
  return {
    ...{ ...fact(1), type: 'served', user, scene: 'home', channel: '', batch: 1 },
    ...{ request: `request of ${items}`, delivery: 'now', recipe: 'feed', arms: [] },
    items: items.map((item) => entry(item)),
    dropped: [],
    repeatable: false,
    ...more,
  }
}

export function offer(
  user: string,
  items: readonly string[],
  more: Partial<OfferedEvent> = {},
): OfferedEvent {
  return {
    ...{ ...fact(1), type: 'offered', user, scene: 'home', channel: '', writer: 'feed' },
    entries: items.map((item) => entry(item)),
    replace: false,
    pulse: 0,
    ...more,
  }
}
