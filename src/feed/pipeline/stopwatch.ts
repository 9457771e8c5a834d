/**
 * Milliseconds since the call, by the monotonic clock: durations are measured, never decided upon.
 */
export function stopwatch(): () => number {
  const startedMs = performance.now()
  return () => performance.now() - startedMs
}
