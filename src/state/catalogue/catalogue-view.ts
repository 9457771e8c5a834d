import { broken } from '../../error.ts'
import type { AttributeType } from '../../events/event.ts'
import { items, type StoredItem } from '../projections/items.ts'
import { type AttributeSchema, channelsName, schema } from '../projections/schema.ts'
import type { State } from '../state.ts'
import type { Key } from '../store/store.ts'
import { availability } from './availability.ts'
import type { Catalogue } from './catalogue.ts'
import type { Column } from './column.ts'
import { type GeoColumn, geoColumn } from './geo-column.ts'
import { type NumberColumn, numberColumn } from './number-column.ts'
import { tagColumn, type WritableTagColumn } from './tag-column.ts'
import { type TextColumn, textColumn } from './text-column.ts'
import { vectorColumn } from './vector-column.ts'

export interface CatalogueView extends Catalogue {
  /** The schema with all that is known of it: what a new record is checked against. */
  readonly attributes: ReadonlyMap<string, AttributeSchema>

  /** Reads what the last checkpoint held. Called once, before anything is served from the view. */
  load(): Promise<void>
}

/** The parts of the state that the view is made of. */
export type CatalogueState = Pick<State, 'ordinals' | 'scan' | 'watch'>

/**
 * The catalogue as the state tells it, kept fresh by every fold. Made before the first event is
 * folded; the state must fold `schema` before `items`.
 */
export function catalogueView(state: CatalogueState): CatalogueView {
  const columns = columnSet(() => state.ordinals.size)
  const window = availability(state.ordinals.size)
  const channels = tagColumn()
  columns.tags.set(channelsName, channels)

  function put(key: Key, stored: StoredItem): void {
    const item = state.ordinals.of(key)
    if (item === undefined) throw broken(`item ${key} has no ordinal`)
    const { attributes } = stored.record
    for (const name of Object.keys(attributes)) {
      if (name !== channelsName && !columns.all.has(name)) {
        throw broken(`attribute ${name} of item ${key} came before its schema`)
      }
    }
    for (const [name, column] of columns.all) {
      // A plain object also answers to names such as "constructor".
      column.put(item, Object.hasOwn(attributes, name) ? attributes[name] : undefined)
    }
    channels.putTags(item, stored.record.channels)
    window.put(item, stored)
  }

  /** What was folded while the store was read; undefined at any other time. */
  let fresher: Set<Key> | undefined
  state.watch(schema, (name, entry) => {
    if (entry !== undefined) columns.declare(name, entry)
  })
  state.watch(items, (key, stored) => {
    if (stored === undefined) return
    fresher?.add(key)
    put(key, stored)
  })

  return {
    get size() {
      return state.ordinals.size
    },
    schema: columns.types,
    attributes: columns.schema,
    servable: window.servable,
    servableCount: window.servableCount,
    availableFrom: window.availableFrom,
    numbers: (attribute) => columns.numbers.get(attribute)?.data,
    text: (attribute, item) => columns.texts.get(attribute)?.text(item),
    tags: (attribute) => columns.tags.get(attribute),
    geo: (attribute, item) => columns.points.get(attribute)?.geo(item),
    vectors: (attribute) => columns.vectors.get(attribute),

    async load() {
      fresher = new Set()
      for await (const [name, entry] of state.scan(schema)) columns.declare(name, entry)
      for await (const [key, stored] of state.scan(items)) if (!fresher.has(key)) put(key, stored)
      fresher = undefined
      for (const column of columns.tags.values()) column.index()
    },
  }
}

/** All columns by attribute: once as columns, once as what each can answer. */
function columnSet(rowCount: () => number) {
  const all = new Map<string, Column>()
  const types = new Map<string, AttributeType>()
  const declared = new Map<string, AttributeSchema>()
  const numbers = new Map<string, NumberColumn>()
  const texts = new Map<string, TextColumn>()
  const tags = new Map<string, WritableTagColumn>()
  const points = new Map<string, GeoColumn>()
  const vectors = new Map<string, ReturnType<typeof vectorColumn>>()

  function open(name: string, { type, dimensions }: AttributeSchema): Column {
    switch (type) {
      case 'number':
      case 'time':
        return kept(numbers, name, numberColumn(type, rowCount))
      case 'text':
        return kept(texts, name, textColumn())
      case 'tags':
        return kept(tags, name, tagColumn())
      case 'geo':
        return kept(points, name, geoColumn(rowCount))
      case 'vector':
        return kept(vectors, name, vectorColumn(dimensions!, rowCount))
    }
  }

  function declare(name: string, entry: AttributeSchema): void {
    if (all.has(name)) return
    all.set(name, open(name, entry))
    declared.set(name, entry)
    types.set(name, entry.type)
  }

  return { all, types, schema: declared, numbers, texts, tags, points, vectors, declare }
}

function kept<Kept>(columns: Map<string, Kept>, name: string, column: Kept): Kept {
  columns.set(name, column)
  return column
}
