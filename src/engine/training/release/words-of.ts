/** What went wrong, as it is written down. */
export const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
