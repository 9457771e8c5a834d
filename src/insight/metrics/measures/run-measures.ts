import type { Measure } from './measure.ts'
import { rowsOf } from './part.ts'

/** Numbers of how pages are made. */
export const runMeasures: readonly Measure[] = [
  {
    ...{ name: 'runs', unit: 'count', empty: 0 },
    description: 'Runs of recipes.',
    of: { fact: 'runs', sql: 'count(DISTINCT run)' },
  },
  {
    ...{ name: 'latency_p50', unit: 'ms' },
    description: 'Median time of a stage.',
    of: { fact: 'runs', sql: 'quantile_cont(ms, 0.5)' },
  },
  {
    ...{ name: 'latency_p95', unit: 'ms' },
    description: 'Time of a stage, but for the slowest twentieth.',
    of: { fact: 'runs', sql: 'quantile_cont(ms, 0.95)' },
  },
  {
    ...{ name: 'failures', unit: 'count', empty: 0 },
    description: 'Stages that failed or came too late.',
    of: { fact: 'runs', sql: 'count(failure)' },
  },
  {
    ...{ name: 'failure_share', unit: 'share' },
    description: 'Failures per stage that ran.',
    of: { fact: 'runs', sql: 'count(failure)' },
    per: rowsOf('runs'),
  },
  {
    ...{ name: 'offers', unit: 'count', empty: 0 },
    description: 'Times that entries were put into a queue.',
    of: rowsOf('offers'),
  },
  {
    ...{ name: 'offered', unit: 'count', empty: 0 },
    description: 'Entries put into queues.',
    of: { fact: 'offers', sql: 'coalesce(sum(entries), 0)' },
  },
]
