import type { ItemView } from '../state/api.ts'

/** What a story or a video tells of itself beside its title, as far as its record has it. */
export interface Story {
  readonly summary: string
  readonly paragraphs: readonly string[]
  /** The author, or whoever made it. */
  readonly by: string | undefined
  readonly channels: readonly string[]
  readonly keywords: readonly string[]
  readonly publishedAt: number | undefined
  readonly seconds: number
  readonly minutes: number
}

const wordsPerMinute = 220
const secondsUsual = 20

export function storyOf(item: ItemView | undefined): Story {
  const attributes = item?.attributes ?? {}
  const text = textIn(attributes['text'])
  const [author] = [...textsIn(attributes['author']), ...textsIn(attributes['creator'])]
  const at = Date.parse(String(item?.availableFrom ?? ''))
  const words = numberIn(attributes['words']) ?? text.split(/\s+/).length
  return {
    summary: textIn(attributes['summary']),
    paragraphs: text.split(/\n{2,}/).filter((paragraph) => paragraph !== ''),
    by: author,
    channels: item?.channels ?? [],
    keywords: textsIn(attributes['keywords']).filter((word) => word !== author),
    publishedAt: Number.isNaN(at) ? undefined : at,
    seconds: Math.max(5, Math.min(90, numberIn(attributes['seconds']) ?? secondsUsual)),
    minutes: Math.max(1, Math.round(words / wordsPerMinute)),
  }
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')

const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []

const numberIn = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined
