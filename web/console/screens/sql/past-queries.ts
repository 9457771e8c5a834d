/** What was asked in this browser, newest first. */
import { keep, kept } from '../../../src/state/kept.ts'

const name = 'console.queries'
const countMax = 30

export function pastQueries(): readonly string[] {
  try {
    const found: unknown = JSON.parse(kept(name) ?? '[]')
    return Array.isArray(found) ? found.filter((text) => typeof text === 'string') : []
  } catch {
    return []
  }
}

export function keepQuery(sql: string): readonly string[] {
  const next = added(pastQueries(), sql)
  keep(name, JSON.stringify(next))
  return next
}

export function added(past: readonly string[], sql: string): readonly string[] {
  const text = sql.trim()
  if (text === '') return past
  return [text, ...past.filter((other) => other !== text)].slice(0, countMax)
}
