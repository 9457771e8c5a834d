type Measures = Readonly<Record<string, () => Promise<unknown>>>

/** By contestant, what each of its rounds measured. */
type Measured<Contestants extends Measures> = {
  readonly [Name in keyof Contestants]: readonly Awaited<ReturnType<Contestants[Name]>>[]
}

/**
 * Measures contestants in turns, each once per round: what else the machine does then falls on all
 * alike. The first to go changes from round to round.
 */
export async function interleaved<Contestants extends Measures>(
  contestants: Contestants,
  roundCount: number,
): Promise<Measured<Contestants>> {
  const names = Object.keys(contestants)
  const measured: Record<string, unknown[]> = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round < roundCount; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length]!
      measured[name]!.push(await contestants[name]!())
    }
  }
  return measured as Measured<Contestants> // Each list was filled by the contestant of its name.
}

/** The middle value; the mean of the two in the middle where there are as many above as below. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length % 2 === 1) return sorted[middle]!
  return (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The least value that this share of all values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!
}

/** The median over rounds of the ratio within each round: noise that lasts for a round cancels. */
export function medianRatio(values: readonly number[], baselines: readonly number[]): number {
  return median(values.map((value, round) => value / baselines[round]!))
}
