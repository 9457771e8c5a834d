import type { Recalled } from './candidates.ts'
import type { Query } from './query.ts'
import type { Quota } from './recipe.ts'
import { stopwatch } from './stopwatch.ts'
import type { Step } from './trace.ts'

const nothing: Recalled = []

/**
 * Asks all sources at once. They answer in any order, but rows are numbered in the order of the
 * recipe: the same log and the same recipe must always give the same feed.
 */
export async function recall(
  quotas: readonly Quota[],
  query: Query,
  steps: Step[],
): Promise<ReadonlyMap<string, Recalled>> {
  const answers = await Promise.all(quotas.map((quota) => ask(quota, query)))
  const recalled = new Map<string, Recalled>()
  for (const { items, step } of answers) {
    recalled.set(step.name, items)
    steps.push(step)
  }
  return recalled
}

async function ask(quota: Quota, query: Query): Promise<{ items: Recalled; step: Step }> {
  const { source, limit, deadlineMs } = quota
  const elapsed = stopwatch()
  const step = { stage: 'recall', name: source.name, dropped: 0 } as const
  try {
    const answer = source.recall(query, limit)
    const items = isPromise(answer) ? await before(deadlineMs, answer) : answer
    const rowCount = Math.min(items.length, limit)
    const first = items.length > limit ? Array.prototype.slice.call(items, 0, limit) : items
    return { items: first, step: { ...step, rowCount, durationMs: elapsed() } }
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error)
    return { items: nothing, step: { ...step, rowCount: 0, durationMs: elapsed(), failure } }
  }
}

function isPromise(answer: Recalled | Promise<Recalled>): answer is Promise<Recalled> {
  return 'then' in answer
}

async function before(deadlineMs: number, answer: Promise<Recalled>): Promise<Recalled> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${deadlineMs} ms`)), deadlineMs)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
