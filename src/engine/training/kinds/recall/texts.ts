import type { EventLog } from '../../../../events/log/event-log.ts'
import type { ContentData } from '../../../../models/content/content.ts'
import { catalogueView } from '../../../../state/catalogue/catalogue-view.ts'
import { openState } from '../../../../state/folded-state.ts'
import { items } from '../../../../state/projections/items.ts'
import { schema } from '../../../../state/projections/schema.ts'
import type { Store } from '../../../../state/store/store.ts'

/**
 * What can be read of each item: its texts, and its tags, each of which is a word of its own. Items
 * are numbered as the log numbers them.
 */
export async function readTexts(log: EventLog, base: Store): Promise<ContentData> {
  await using state = await openState({ store: base, projections: [schema, items], tables: [] })
  const catalogue = catalogueView(state)
  await catalogue.load()
  for await (const batch of log.read(state.offset)) {
    await state.fold(
      batch[0]!.offset,
      batch.map(({ event }) => event),
    )
  }
  const readable = [...catalogue.schema].filter(([, type]) => type === 'text' || type === 'tags')
  const texts = Array.from({ length: state.ordinals.size }, (_, item) =>
    readable
      .flatMap(([name, type]) => {
        if (type === 'text') return catalogue.text(name, item) ?? []
        const column = catalogue.tags(name)
        return column === undefined
          ? []
          : Array.from(column.of(item), (code) => column.names[code]!)
      })
      .join('. '),
  )
  return { texts }
}
