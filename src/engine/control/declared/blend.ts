import { invalid } from '../../../error.ts'
import type { Json } from '../../../events/event.ts'
import {
  checkNumber,
  type DeclaredParameter,
  type JsonRecord,
  recordAt,
  refuseUnknown,
} from './declared-parameter.ts'

export const blend: DeclaredParameter = {
  name: 'blend',
  description:
    'Shares of a page that sources are promised, whatever the ranker thinks: ' +
    '{source: share}, together at most 1.',
  initial: { trending: 0.1, fresh: 0.05 },
  makesFeeds: true,
  check: (value) => checkShares(value, 'value'),

  checkNames(value, { blended }) {
    // Checked above.
    refuseUnknown(Object.keys(value as JsonRecord), blended, 'value')
  },
}

/** Shares of a page by source: none below 0, together at most 1. */
export function checkShares(value: Json | undefined, field: string): void {
  const shares = recordAt(value, field, '{"source": share}, shares >= 0 and together <= 1')
  let sum = 0
  for (const [source, share] of Object.entries(shares)) {
    checkNumber(share, `${field}.${source}`, [0, 1], false)
    sum += Number(share)
  }
  if (sum > 1) throw invalid(field, `shares come to ${sum}; together they must be <= 1`)
}
