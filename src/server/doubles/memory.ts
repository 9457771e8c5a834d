import type { ItemView, Page, Tracked } from '../../engine/engine.ts'
import { StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import { encodeAttributes } from '../../events/decode.ts'
import type { ActionEvent, Attributes, ItemRecord } from '../../events/event.ts'

export interface Shown extends Page {
  readonly user: string
}

/** All that an engine in memory knows. */
export interface Memory {
  readonly clock: Clock
  readonly items: Map<string, { record: ItemRecord; withdrawn: boolean }>
  readonly users: Map<string, { attributes: Attributes; mergedInto?: string }>
  readonly events: Map<string, ActionEvent>
  readonly pages: Shown[]
}

export function itemView(items: Memory['items'], id: string): ItemView | undefined {
  const known = items.get(id)
  if (known === undefined) return undefined
  const { record, withdrawn } = known
  return { ...record, id, attributes: encodeAttributes(record.attributes), withdrawn }
}

export function tagsIn(attributes: Attributes): Readonly<Record<string, readonly string[]>> {
  const tags = Object.entries(attributes).flatMap(([name, value]) =>
    'tags' in value ? [[name, value.tags] as const] : [],
  )
  return Object.fromEntries(tags)
}

/** Judges each row by itself, as the engine does. `put` answers false for a duplicate. */
export function each(rows: readonly unknown[], put: (row: unknown) => boolean): Tracked {
  let accepted = 0
  let duplicates = 0
  const rejected: Tracked['rejected'][number][] = []
  rows.forEach((row, index) => {
    try {
      if (put(row)) accepted++
      else duplicates++
    } catch (error) {
      if (!(error instanceof StarlingError)) throw error
      const { code, message, field } = error
      rejected.push({ index, code, message, ...(field !== undefined && { field }) })
    }
  })
  return { accepted, duplicates, rejected }
}
