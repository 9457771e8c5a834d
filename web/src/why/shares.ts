import { type Family, familyOf } from './families.ts'

/** A family's share of an item's score. */
export interface Share extends Family {
  readonly contribution: number
}

interface Feature {
  readonly name: string
  readonly value: number
  readonly contribution: number
}

export interface Shares {
  /** What sets the item apart from the rest of its page, largest first. */
  readonly own: readonly Share[]
  /** The sum of what is the same for the whole page. */
  readonly common: number
}

/** Adds features up by family. `page` holds the features of all items of the page. */
export function sharesOf(
  features: readonly Feature[],
  page: readonly (readonly Feature[])[],
): Shares {
  const others = page.filter((item) => item.length === features.length)
  const sums = new Map<string, Share>()
  let common = 0
  for (const [index, { name, contribution }] of features.entries()) {
    const same = others.every((item) => item[index]?.contribution === contribution)
    if (others.length > 1 && same) {
      common += contribution
      continue
    }
    const family = familyOf(name)
    const before = sums.get(family.name)?.contribution ?? 0
    sums.set(family.name, { ...family, contribution: before + contribution })
  }
  const own = [...sums.values()].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
  return { own, common }
}
