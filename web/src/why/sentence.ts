import { listing } from '../words/listing.ts'
import type { Shares } from './shares.ts'
import { sourceWords } from './sources.ts'

/** Less than this part of the strongest reason is no reason to speak of. */
const worthTelling = 0.25

/** One sentence on why an item is shown, from what weighed most. */
export function sentenceOf(
  { own }: Shares,
  sources: readonly string[],
  beside: string | undefined,
): string {
  const reasons = own.filter(({ contribution }) => contribution > 0)
  const [strongest] = reasons
  const told = reasons
    .filter(({ contribution }) => contribution >= (strongest?.contribution ?? 0) * worthTelling)
    .slice(0, 2)
    .map(({ because }) => because)
  if (told.length > 0) return `You see this because ${listing(told)}.`
  const [source] = sources
  if (source === undefined) return 'It fills a page on which little else was left.'
  return `You see this because ${sourceWords(source, beside).because}.`
}
