/** Share of a walk that goes on along an edge (Brin & Page 1998). */
const damping = 0.85
const roundCountMax = 50
const settled = 1e-6

/**
 * How central each word of one text is: words are linked that stand within `window` places of each
 * other, as often as they do, and ranks flow along the links (TextRank, Mihalcea & Tarau 2004,
 * eq. 2). `words` are ids in the order of the text; returns a rank for each that occurs, the mean
 * being 1.
 */
export function textRank(words: ArrayLike<number>, window: number): ReadonlyMap<number, number> {
  const links = linksOf(words, window)
  let ranks = new Map<number, number>([...links.keys()].map((word) => [word, 1]))
  const strengths = new Map(
    [...links].map(([word, others]) => [word, [...others.values()].reduce((a, b) => a + b, 0)]),
  )
  for (let round = 0; round < roundCountMax; round++) {
    const next = new Map<number, number>()
    let moved = 0
    for (const [word, others] of links) {
      let flow = 0
      for (const [other, times] of others) {
        flow += (times / strengths.get(other)!) * ranks.get(other)!
      }
      const rank = 1 - damping + damping * flow
      moved = Math.max(moved, Math.abs(rank - ranks.get(word)!))
      next.set(word, rank)
    }
    ranks = next
    if (moved < settled) break
  }
  return ranks
}

/** Word → the words it stands near, and how often. A word that stands alone is linked to none. */
function linksOf(words: ArrayLike<number>, window: number): Map<number, Map<number, number>> {
  const links = new Map<number, Map<number, number>>()
  const of = (word: number): Map<number, number> => {
    let others = links.get(word)
    if (others === undefined) links.set(word, (others = new Map()))
    return others
  }
  for (let place = 0; place < words.length; place++) {
    const word = words[place]!
    const near = of(word)
    for (let other = place + 1; other < Math.min(place + window, words.length); other++) {
      const neighbor = words[other]!
      if (neighbor === word) continue
      near.set(neighbor, (near.get(neighbor) ?? 0) + 1)
      const back = of(neighbor)
      back.set(word, (back.get(word) ?? 0) + 1)
    }
  }
  return links
}
