import type { Weighed } from './effect.ts'

/** Deeds that speak for an interest, the weightiest first. Never changed in place. */
export type Proofs = readonly Weighed[]

export const noProofs: Proofs = []

/** Kept of each interest: enough for a sentence. */
export const proofCountMax = 3

/**
 * The proofs with one more, where it is among those that weigh most; of equals the newest. What
 * the added one weighs now may be told, where it is added to many.
 */
export function withProof(
  proofs: Proofs,
  added: Weighed,
  weightNow: (proof: Weighed) => number,
  weight = weightNow(added),
): Proofs {
  let place = proofs.length
  for (; place > 0; place--) {
    const other = weightNow(proofs[place - 1]!)
    if (other > weight || (other === weight && proofs[place - 1]!.deed.at > added.deed.at)) break
  }
  // Most deeds are no better than what is there: then nothing is made anew.
  if (place === proofCountMax) return proofs
  const found: Weighed[] = []
  for (let from = 0; from <= proofs.length && found.length < proofCountMax; from++) {
    if (from === place) found.push(added)
    if (from < proofs.length && found.length < proofCountMax) found.push(proofs[from]!)
  }
  return found
}

/**
 * Proofs with one more, for a deed that speaks for many topics at once: those that had the same
 * proofs have the same again, also in memory, and each list is made once.
 */
export function provenBy(
  added: Weighed,
  weightNow: (proof: Weighed) => number,
  weight: number,
): (proofs: Proofs) => Proofs {
  const first: Proofs = [added]
  let [before, after]: [Proofs, Proofs] = [noProofs, first]
  return (proofs) => {
    if (proofs.length === 0) return first
    if (proofs !== before) {
      before = proofs
      after = withProof(proofs, added, weightNow, weight)
    }
    return after
  }
}

/** The proofs without what was taken back. */
export function withoutProof(proofs: Proofs, { deed }: Weighed): Proofs {
  const { item, action, at } = deed
  if (proofs.length === 0) return proofs
  const left = proofs.filter(
    (proof) => proof.deed.item !== item || proof.deed.action !== action || proof.deed.at !== at,
  )
  return left.length === proofs.length ? proofs : left
}
