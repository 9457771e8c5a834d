/** The value of the hot parameter `nearline`: how pages are prepared before they are asked for. */
export interface NearlineSettings {
  /** A feed in which fewer entries wait is filled up. */
  readonly lowWater: number
  /** Time between two runs for one feed, at least: what happens in between is answered by one. */
  readonly minIntervalMs: number
  /** Runs at once. */
  readonly concurrency: number
  /** Runs begun in a second, over all users. */
  readonly runsPerSecond: number
  /** Feeds that may be waiting for their run. More are left to the requests. */
  readonly pendingMax: number
  /** A feed that nobody asked for in so long is not prepared because its user did something. */
  readonly activeMs: number
  /** Requests that may run a recipe at once because their queue was empty. */
  readonly dryRuns: number
  /** How long the page is good that those get who find no room there. */
  readonly commonPageMs: number
}

export const nearlineDefaults: NearlineSettings = {
  lowWater: 30,
  minIntervalMs: 1_000,
  concurrency: 2,
  runsPerSecond: 200,
  pendingMax: 20_000,
  activeMs: 3_600_000,
  dryRuns: 8,
  commonPageMs: 1_000,
}

/** Least and most of each setting. */
export const nearlineBounds: Readonly<Record<keyof NearlineSettings, readonly [number, number]>> = {
  lowWater: [0, 500],
  minIntervalMs: [0, 86_400_000],
  concurrency: [0, 64],
  runsPerSecond: [0, 100_000],
  pendingMax: [1, 1_000_000],
  activeMs: [0, 90 * 86_400_000],
  dryRuns: [1, 1_000],
  commonPageMs: [100, 600_000],
}
