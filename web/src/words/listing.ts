/** "a", "a and b", "a, b and c". */
export function listing(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('')
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** "item-neighbors" → "item neighbors": a name of the engine where no better words are known. */
export const spaced = (name: string): string => name.replace(/[-_:]+/g, ' ')

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
