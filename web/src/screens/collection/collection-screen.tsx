import { FailureNote } from '../../parts/base/failure-note.tsx'
import { OlderIcon } from '../../parts/base/icons.tsx'
import { useTitle } from '../../parts/base/use-title.ts'
import { CardBones } from '../../parts/card/card-bones.tsx'
import type { Sort } from '../../route/route.ts'
import type { Listing } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { useAnswer } from '../../state/ask/use-answer.ts'
import { capital } from '../../words/listing.ts'
import { counted } from '../../words/numbers.ts'
import { conditionOf } from './condition.ts'
import { ListedFilms } from './listed-films.tsx'
import { SortChoice } from './sort-choice.tsx'

const pageSize = 48

interface CollectionScreenProps {
  readonly attribute: string
  readonly value: string
  readonly sort: Sort
}

/** All films that have a value of an attribute, in an order that is the same for everyone. */
export function CollectionScreen({ attribute, value, sort }: CollectionScreenProps) {
  const { client, lists, items, demo } = useApp()
  const key = JSON.stringify(['collection', attribute, value, sort])
  const filter = conditionOf(attribute, value)
  const ask = async (signal: AbortSignal, after?: string): Promise<Listing> => {
    const from = after === undefined ? {} : { after }
    const list = await client.listItems({ filter, sort, size: pageSize, ...from }, { signal })
    items.add(list.items.map(({ item }) => item))
    return list
  }
  const asked = useAnswer(lists, key, (signal) => ask(signal))
  const list = asked.answer
  const more = (): void => {
    if (list?.next == null) return
    const { next, items: before } = list
    void lists.ask(key, async (signal) => {
      const answer = await ask(signal, next)
      return { ...answer, items: [...before, ...answer.items] }
    })
  }
  const name = attribute === 'genres' ? value : `${capital(attribute)}: ${value}`
  useTitle(name)
  return (
    <div class="screen">
      <header class="section-head">
        <div>
          <h1>{name}</h1>
          <p class="hint">
            {list === undefined ? '\u00a0' : counted(list.total, demo.thing, demo.things)}
          </p>
        </div>
        <SortChoice attribute={attribute} value={value} sort={sort} />
      </header>
      {asked.failure !== undefined && (
        <FailureNote failure={asked.failure} onRetry={list === undefined ? asked.retry : more} />
      )}
      {list === undefined && asked.failure === undefined && (
        <ul class="grid" aria-hidden="true">
          <CardBones count={18} lines={1} />
        </ul>
      )}
      {list?.items.length === 0 && (
        <p class="hint">No {demo.thing} that may be shown now has it.</p>
      )}
      {list !== undefined && <ListedFilms listed={list.items} />}
      {list !== undefined && list.next !== null && (
        <p class="feed-end">
          <button type="button" class="button" aria-busy={asked.busy} onClick={more}>
            <OlderIcon />
            <span>More</span>
          </button>
        </p>
      )}
    </div>
  )
}
