/**
 * Measures contestants in turns, each once per round: what else the machine does then falls on all
 * alike. The first to go changes from round to round. Resolves with all figures by contestant.
 */
export async function interleaved<Name extends string, Measured>(
  contestants: Readonly<Record<Name, () => Promise<Measured>>>,
  roundCount: number,
): Promise<Readonly<Record<Name, readonly Measured[]>>> {
  const names = Object.keys(contestants) as Name[] // The keys of a record are what it is keyed by.
  const measured = new Map(names.map((name) => [name, [] as Measured[]]))
  for (let round = 0; round < roundCount; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length]!
      measured.get(name)!.push(await contestants[name]())
    }
  }
  return Object.fromEntries(measured) as Record<Name, Measured[]> // Made of the same names above.
}

/** The middle value; the mean of the two in the middle where there are as many above as below. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length % 2 === 1) return sorted[middle]!
  return (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The value that this share of all values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!
}

/** The median over rounds of the ratio within each round: noise that lasts for a round cancels. */
export function medianRatio(values: readonly number[], baselines: readonly number[]): number {
  return median(values.map((value, round) => value / baselines[round]!))
}
