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
  /** The sum of what the page has in common. */
  readonly common: number
}

/**
 * Adds features up by family. Where most items of a page get the same from a feature (none of them
 * is new, none came from that source), this tells nothing about one of them: it is `common`, and an
 * item's own share is the difference. All shares and `common` together are the item's score.
 *
 * @param page the features of all items of the page, in the same order
 */
export function sharesOf(
  features: readonly Feature[],
  page: readonly (readonly Feature[])[],
): Shares {
  const explained = page.filter((item) => item.length === features.length)
  const sums = new Map<string, Share>()
  let common = 0
  for (const [index, { name, contribution }] of features.entries()) {
    const usual = mostHave(explained.map((item) => item[index]?.contribution ?? 0))
    common += usual
    if (contribution === usual) continue
    const family = familyOf(name)
    const before = sums.get(family.name)?.contribution ?? 0
    sums.set(family.name, { ...family, contribution: before + contribution - usual })
  }
  const own = [...sums.values()].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
  return { own, common }
}

/** The value that more than half of them have; 0 where there is none. */
function mostHave(values: readonly number[]): number {
  if (values.length < 2) return 0
  const middle = values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
  return values.filter((value) => value === middle).length * 2 > values.length ? middle : 0
}
