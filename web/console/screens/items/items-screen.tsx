import { LookUp } from '../../parts/look-up.tsx'
import { Answered, Panel } from '../../parts/panel.tsx'
import { useTitle } from '../../parts/use-title.ts'
import { paths } from '../../route/place.ts'
import { useConsole } from '../../state/console.ts'
import { useLive } from '../../state/use-live.ts'
import { faceOf } from '../../words/titles.ts'
import { ItemPanels } from './item-panels.tsx'
import { StandingPanels } from './standing-panels.tsx'

interface ItemsScreenProps {
  readonly id: string
  /** What is looked for. */
  readonly words: string
}

/** What is known of an item, what happened to it, and where it stands. */
export function ItemsScreen({ id, words }: ItemsScreenProps) {
  const { router } = useConsole()
  useTitle(id === '' ? 'Items' : `Item ${id}`)
  return (
    <div class="screen items">
      <div class="screen-head">
        <h1>{id === '' ? 'Items' : `Item ${id}`}</h1>
        <LookUp
          key={words}
          label="Words of a title, or an id"
          value={words}
          onLookUp={(text) => router.go(paths.items(text))}
        />
      </div>
      {id === '' ? (
        <Found words={words} />
      ) : (
        <>
          <StandingPanels id={id} />
          <ItemPanels id={id} />
        </>
      )}
    </div>
  )
}

/** What the words find; without words, what is most popular. */
function Found({ words }: { readonly words: string }) {
  const { client } = useConsole()
  const asked = useLive(`find ${words}`, async (signal) => {
    if (words === '') {
      const { items } = await client.listItems({ size: 40 }, { signal })
      return items.map(({ item }) => item)
    }
    // Words may be an id.
    const [{ items }, named] = await Promise.all([
      client.search({ q: words, size: 40 }, { signal }),
      client.getItems({ ids: [words] }, { signal }),
    ])
    const others = items.map(({ item }) => item).filter(({ id }) => id !== words)
    return [...named.items, ...others]
  })
  return (
    <Panel id="found" title={words === '' ? 'Most popular' : `“${words}”`}>
      <Answered
        asked={asked}
        room={20}
        isEmpty={(items) => items.length === 0}
        empty={
          words === ''
            ? 'The catalogue is empty: starling import brings one in.'
            : 'No item has these words or this id.'
        }
      >
        {(items) => (
          <ul class="rows">
            {items.map((item) => (
              <li key={item.id}>
                <a href={paths.item(item.id)}>{faceOf(item, item.id)}</a>
                <span class="hint">{item.id}</span>
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </Panel>
  )
}
