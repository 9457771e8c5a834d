import type { Contender } from './contender.ts'

const sampleEveryMs = 20

/** Learns, and tells how long it took and how much memory the process held meanwhile at most. */
export async function trained<Model>(
  learn: () => Promise<Model>,
): Promise<{ readonly model: Model; readonly training: Contender['training'] }> {
  const startedMs = performance.now()
  let peakBytes = process.memoryUsage.rss()
  // All that learns rests every few ms, so the timer gets its turns.
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss())
  }, sampleEveryMs)
  try {
    const model = await learn()
    const seconds = (performance.now() - startedMs) / 1_000
    return { model, training: { seconds, peakBytes } }
  } finally {
    clearInterval(timer)
  }
}
