import { StarlingError } from '../../error.ts'
import type { AskOptions, Client } from '../client.ts'
import type { Kept, TrackedEvent } from './letter.ts'

/** What became of a letter that the server has answered. */
export type Verdict =
  | { readonly fate: 'told' }
  | { readonly fate: 'refused'; readonly reason: string }
  /** To be told again like this: the device's clock is wrong, which is no reason to lose it. */
  | { readonly fate: 'again'; readonly event: TrackedEvent }

/** The calls that a tracker makes. */
export type Post = Pick<Client, 'track' | 'mergeUsers'>

const told: Verdict = { fate: 'told' }

/**
 * Sends letters, which are either events or one merge. Resolves with a verdict for each; rejects
 * where there was no answer that says what became of them, and they have to be told again.
 */
export async function post(
  client: Post,
  letters: readonly Kept[],
  options: AskOptions,
): Promise<readonly Verdict[]> {
  const [first] = letters
  if (first !== undefined && 'merge' in first.letter) {
    return [await merge(client, first.letter.merge, options)]
  }
  const events = letters.flatMap(({ letter }) => ('event' in letter ? [letter.event] : []))
  const { rejected } = await client.track({ events }, options)
  const refusals = new Map(rejected.map((rejection) => [rejection.index, rejection]))
  return events.map((event, index): Verdict => {
    const refusal = refusals.get(index)
    if (refusal === undefined) return told
    const { at, ...timeless } = event
    return refusal.field === 'at' && at !== undefined
      ? { fate: 'again', event: timeless }
      : { fate: 'refused', reason: refusal.message }
  })
}

/** What no later attempt can change. */
const final: ReadonlySet<string> = new Set([
  ...['invalid_argument', 'not_found', 'already_exists', 'failed_precondition'],
])

async function merge(
  client: Post,
  { from, into }: { readonly from: string; readonly into: string },
  options: AskOptions,
): Promise<Verdict> {
  try {
    await client.mergeUsers({ id: into, from }, options)
    return told
  } catch (error) {
    if (!(error instanceof StarlingError && final.has(error.code))) throw error
    return { fate: 'refused', reason: error.message }
  }
}
