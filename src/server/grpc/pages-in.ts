import type { BatchStamp } from '../../engine/engine.ts'
import type { PagesShown } from './time-stamps.ts'

/** The pages of a list, newest first, for tests: what the engine answers, without one. */
export const pagesIn =
  (newestFirst: readonly BatchStamp[]): PagesShown =>
  async ({ limit, notAfter = Number.POSITIVE_INFINITY }) =>
    newestFirst.filter(({ at }) => at <= notAfter).slice(0, limit)
