import type { Training } from './contender.ts'

const sampleEveryMs = 20

/** Learns, and tells how long it took and how much memory the process held meanwhile at most. */
export async function trained<Model>(
  learn: () => Promise<Model>,
): Promise<{ readonly model: Model; readonly training: Training }> {
  const startedMs = performance.now()
  let peakBytes = process.memoryUsage.rss()
  // All that learns rests every few ms, so the timer gets its turns.
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss())
  }, sampleEveryMs)
  try {
    const model = await learn()
    return { model, training: { seconds: (performance.now() - startedMs) / 1_000, peakBytes } }
  } finally {
    clearInterval(timer)
  }
}
