import type { Proposed, Recalled } from './candidates.ts'
import type { Query } from './query.ts'
import type { Quota } from './recipe.ts'
import { stopwatch } from './stopwatch.ts'
import type { Step } from './trace.ts'

const nothing: Proposed = { items: [] }

/**
 * Asks all sources at once. They answer in any order, but rows are numbered in the order of the
 * recipe: the same log and the same recipe must always give the same feed.
 */
export async function recall(
  quotas: readonly Quota[],
  query: Query,
  steps: Step[],
): Promise<ReadonlyMap<string, Proposed>> {
  const answers = await Promise.all(quotas.map((quota) => ask(quota, query)))
  const recalled = new Map<string, Proposed>()
  for (const { proposed, step } of answers) {
    recalled.set(step.name, proposed)
    steps.push(step)
  }
  return recalled
}

async function ask(quota: Quota, query: Query): Promise<{ proposed: Proposed; step: Step }> {
  const { source, limit, deadlineMs } = quota
  const elapsed = stopwatch()
  const step = { stage: 'recall', name: source.name, dropped: 0 } as const
  try {
    const answer = source.recall(query, limit)
    const proposed = proposedOf(isPromise(answer) ? await before(deadlineMs, answer) : answer)
    const { items } = proposed
    const rowCount = Math.min(items.length, limit)
    const first = items.length > limit ? Array.prototype.slice.call(items, 0, limit) : items
    const { family } = source
    return {
      proposed: { ...proposed, items: first, ...(family !== undefined && { family }) },
      step: { ...step, rowCount, durationMs: elapsed() },
    }
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error)
    return { proposed: nothing, step: { ...step, rowCount: 0, durationMs: elapsed(), failure } }
  }
}

/** Throws where a source gives more or fewer scores than items: they would be those of others. */
export function proposedOf(answer: Recalled): Proposed {
  if (!('items' in answer)) return { items: answer }
  const { items, scores } = answer
  if (items.length === scores.length) return answer
  throw new Error(`${scores.length} scores were given of ${items.length} items`)
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
