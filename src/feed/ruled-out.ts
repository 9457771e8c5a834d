import type { Catalogue } from '../state/catalogue/catalogue.ts'
import type { Ordinal } from '../state/projections/projection.ts'
import type { Ordinals } from '../state/state.ts'
import type { Blocked } from './rules.ts'

/** The test where nothing is blocked: callers may pass it by. */
export const rulesOutNothing = (): boolean => false

/** The test for what operators blocked for everybody: by the item itself, or by a channel of it. */
export function ruledOut(
  catalogue: Pick<Catalogue, 'tags'>,
  ordinals: Pick<Ordinals, 'of'>,
  blocked: Blocked,
): (item: Ordinal) => boolean {
  const items = new Set(blocked.items.map((item) => ordinals.of(item)))
  if (items.size === 0 && !blocked.channels?.length) return rulesOutNothing
  const channels = catalogue.tags('channels')
  const codes = (blocked.channels ?? [])
    .map((channel) => channels?.code(channel))
    .filter((code) => code !== undefined)
  return (item) => items.has(item) || codes.some((code) => channels!.has(item, code))
}
