import type { ItemId, Json } from '../../events/event.ts'
import { cutRow, keptRow, type Trace } from '../../feed/pipeline/trace.ts'
import type { TableRow } from '../../lake/lake.ts'
import type { RawColumn } from '../../state/features/declared/rows.ts'

/** What the stages of a run did, a row for each. */
export function runRows({ at, run, user, recipe, model, steps }: Trace): readonly TableRow[] {
  return steps.map(({ stage, name, rowCount, dropped, durationMs, failure }) => ({
    table: 'runs',
    row: {
      at,
      run,
      user,
      recipe,
      model,
      stage,
      name,
      rows: rowCount,
      dropped,
      ms: durationMs,
      failure,
    },
  }))
}

/** The candidates of a run, in the order of recall, with the features that they were ranked by. */
export function slateRows(trace: Trace, idOf: (item: number) => ItemId): readonly TableRow[] {
  const { at, run, user, recipe, model, items } = trace
  const places = new Int32Array(items.length).fill(-1)
  for (const [place, row] of (trace.orders.at(-1) ?? new Uint16Array()).entries()) {
    places[row] = place
  }
  return Array.from(items, (item, row): TableRow => {
    const place = places[row]!
    const score = trace.scores[row]!
    return {
      table: 'slates',
      row: {
        ...{ at, run, user, recipe, model, item: idOf(item), row },
        dropped_by: droppedBy(trace, row),
        score: Number.isNaN(score) ? undefined : score,
        place: place < 0 ? undefined : place,
        sources: sourcesOf(trace, row),
        features: place < 0 ? undefined : featuresAt(trace, place),
      },
    }
  })
}

/**
 * What a ranker of a declared set was given of the places that are kept: a row of what holds for
 * all of them, and one for each.
 */
export function inputRows(trace: Trace, idOf: (item: number) => ItemId): readonly TableRow[] {
  const { at, run, user, recipe, model, inputs, items } = trace
  if (inputs === undefined) return []
  const { set, encoding, rowCount } = inputs
  const shared = Object.fromEntries(
    Array.from(inputs.shared, ([name, values]) => [name, valuesOf(values)]),
  )
  const own = Array.from({ length: rowCount }, (_, row) =>
    Object.fromEntries(
      Array.from(inputs.own, ([name, values]) => {
        const count = values.length / rowCount
        return [name, valuesOf(values.slice(row * count, (row + 1) * count))]
      }),
    ),
  )
  const told = { at, run, user, recipe, model, set, encoding }
  const finished = trace.orders.at(-1) ?? new Uint16Array()
  return [
    { table: 'inputs', row: { ...told, columns: shared } },
    ...own.map((columns, place): TableRow => {
      const item = idOf(items[finished[place]!]!)
      return { table: 'inputs', row: { ...told, item, place, columns } }
    }),
  ]
}

/** What is absent, NaN or '', is null. */
function valuesOf(values: RawColumn): Json {
  return Array.from<number | string, Json>(values, (value) =>
    value === '' || Number.isNaN(value) ? null : value,
  )
}

function droppedBy({ droppedBy: by, filters }: Trace, row: number): string | undefined {
  const index = by[row]!
  if (index === keptRow) return undefined
  return index === cutRow ? 'cut' : filters[index]
}

function sourcesOf({ sources, ranks, items }: Trace, row: number): readonly string[] {
  return sources.filter((_, index) => ranks[index * items.length + row]! >= 0)
}

/** Kept for the first places; what an item lacks is no feature of it. */
function featuresAt(
  { features, values }: Trace,
  place: number,
): Readonly<Record<string, number>> | undefined {
  const start = place * features.length
  if (features.length === 0 || start + features.length > values.length) return undefined
  const known: Record<string, number> = {}
  for (const [index, name] of features.entries()) {
    const value = values[start + index]!
    if (!Number.isNaN(value)) known[name] = value
  }
  return known
}
