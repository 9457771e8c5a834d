/**
 * CPU time of this process so far, user and system, of all its threads, in microseconds. What is
 * compared on a busy machine is counted in it: wall time is the neighbours' as well.
 */
export function cpuUs(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}
