import { invalid } from '../../../error.ts'
import type { Json } from '../../../events/event.ts'
import { type DeclaredParameter, isRecord } from './declared-parameter.ts'

export const blend: DeclaredParameter = {
  name: 'blend',
  description:
    'Shares of a page that sources are promised, whatever the ranker thinks: ' +
    '{source: share}, together at most 1.',
  initial: { trending: 0.1, fresh: 0.05 },
  makesFeeds: true,
  check: (value) => checkShares(value, 'value'),
}

/** Shares of a page by source: none below 0, together at most 1. */
export function checkShares(value: Json | undefined, field: string): void {
  const shares = isRecord(value) ? Object.values(value) : [undefined]
  const sum = shares.reduce<number>(
    (total, share) => total + (typeof share === 'number' && share >= 0 ? share : Number.NaN),
    0,
  )
  if (!(sum <= 1)) throw invalid(field, 'must be {"source": share}, shares >= 0 and together <= 1')
}
