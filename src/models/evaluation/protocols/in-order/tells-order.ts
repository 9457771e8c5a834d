/** Beyond such a share of neighbours that ascend, or descend, items lie by their ids. */
const sortedShare = 0.95

/** Neighbours that are looked at: the first ones tell as well as all. */
const pairsMax = 20_000

const asText = (one: string, other: string): boolean => one < other

const { compare } = new Intl.Collator('en', { numeric: true })
const asNumbers = (one: string, other: string): boolean => compare(one, other) < 0

/**
 * False where the items of rows are sorted by id, whichever way, as numbers or as text: such an
 * order says nothing of time, and whoever learned it would know by the last item what is missing.
 */
export function tellsOrder(
  rows: readonly ArrayLike<number>[],
  itemIds: readonly string[],
): boolean {
  let [texts, numbers, pairs] = [0, 0, 0]
  for (const row of rows) {
    for (let place = 1; place < row.length && pairs < pairsMax; place++) {
      const [one, other] = [itemIds[row[place - 1]!]!, itemIds[row[place]!]!]
      texts += Number(asText(one, other))
      numbers += Number(asNumbers(one, other))
      pairs++
    }
  }
  const isMixed = (ascending: number): boolean =>
    ascending < sortedShare * pairs && ascending > (1 - sortedShare) * pairs
  return isMixed(texts) && isMixed(numbers)
}
