import type { Json } from '../../../../src/events/event.ts'

/** A value of a parameter as people edit it: JSON over several lines. */
export const pretty = (value: unknown): string => JSON.stringify(value, undefined, 2)

export type Read =
  | { readonly value: Json }
  /** Why the text is no JSON, with its line where the browser tells the place. */
  | { readonly fault: string }

export function readValue(text: string): Read {
  if (text.trim() === '') return { fault: 'a value is missing' }
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { fault: faultOf(error instanceof Error ? error.message : String(error), text) }
  }
}

function faultOf(message: string, text: string): string {
  const place = /position (\d+)/.exec(message)?.[1]
  const plain = message
    .replace(/ in JSON at position.*/, '')
    .replace(/^JSON\.parse: /, '')
    .replace(/, ".*" is not valid JSON$/s, '')
  if (place === undefined) return plain
  const before = text.slice(0, Number(place)).split('\n')
  return `${plain}, line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}

/** One side of a change; short, since a change is at one place. */
export function sideOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)} …` : text
}

const longest = 160

/** Where a change is, as the words of a path; the whole, where it is everything. */
export const placeOf = (path: string): string => (path === '' ? 'the whole value' : path)
