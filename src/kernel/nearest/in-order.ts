/** Places by what they belong to, by a counting sort. */
export interface InOrder {
  /** Where in the order those of each owner begin, and the end. */
  readonly starts: Uint32Array
  /** Places, owner after owner, ascending within one. */
  readonly order: Uint32Array
}

export function inOrder(owners: Uint32Array, ownerCount: number): InOrder {
  const starts = new Uint32Array(ownerCount + 1)
  for (let place = 0; place < owners.length; place++) starts[owners[place]! + 1]! += 1
  for (let owner = 0; owner < ownerCount; owner++) starts[owner + 1]! += starts[owner]!
  const next = starts.slice(0, ownerCount)
  const order = new Uint32Array(owners.length)
  for (let place = 0; place < owners.length; place++) order[next[owners[place]!]!++] = place
  return { starts, order }
}
