/** Names that are more than attributes: they mean one only in backquotes. */
export const reserved: ReadonlySet<string> = new Set(
  'and or not in any has all contains exists within now'.split(' '),
)

/** What every item has beside attributes; an attribute of that name takes backquotes. */
export const innate: ReadonlySet<string> = new Set(['id', 'age'])

export const namePattern = /[\p{L}_][\p{L}\p{M}\p{N}_.]*/uy

/** An attribute as it is written in an expression. */
export function spelt(name: string): string {
  namePattern.lastIndex = 0
  const plain = namePattern.exec(name)?.[0] === name
  if (plain && !reserved.has(name.toLowerCase()) && !innate.has(name)) return name
  return `\`${name.replaceAll('`', '``')}\``
}
