/** What comes of all, made of so many at a time: in their order. */
export function inParts<Given, Made>(
  all: readonly Given[],
  atOnce: number,
  make: (some: readonly Given[]) => readonly Made[],
): readonly Made[] {
  const made: Made[] = []
  for (let from = 0; from < all.length; from += atOnce) {
    made.push(...make(all.slice(from, from + atOnce)))
  }
  return made
}
