/** Where a key leads from a rating; undefined for keys that say nothing of one. */
export function starsFor(key: string, from: number): number | undefined {
  if (/^[1-5]$/.test(key)) return Number(key)
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(5, from + 0.5)
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0.5, from - 0.5)
    case 'Home':
      return 0.5
    case 'End':
      return 5
    default:
      return undefined
  }
}

/** "3.5 of 5 stars"; no film is rated with none. */
export const starWords = (stars: number): string =>
  stars === 0 ? 'not rated' : `${stars} of 5 stars`
