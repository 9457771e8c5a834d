import { useSignal } from '@preact/signals'
import { useEffect, useId, useMemo, useRef } from 'preact/hooks'
import { Cover } from '../../covers/cover.tsx'
import { faceOf } from '../../items/face.ts'
import type { Fate } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { createLookup } from '../../state/ask/lookup.ts'
import { failureOf } from '../../state/failure.ts'
import { SearchIcon } from '../base/icons.tsx'
import { FateCard } from './fate-card.tsx'

/** Asks what became of any item on a page: one is found by words, or named by its id. */
export function WhyNot({ requestId }: { readonly requestId: string }) {
  const { client, items, demo } = useApp()
  const lookup = useMemo(() => createLookup(client), [client])
  const fate = useSignal<Fate | undefined>(undefined)
  const trouble = useSignal('')
  const input = useId()
  const asking = useRef<AbortController>(undefined)
  useEffect(
    () => () => {
      lookup.stop()
      asking.current?.abort()
    },
    [lookup],
  )
  const hits = lookup.hits.value
  const words = lookup.words.value

  const ask = async (item: string): Promise<void> => {
    lookup.type('')
    trouble.value = ''
    items.want([item])
    // What was asked before may be answered later: only what was asked last counts.
    asking.current?.abort()
    const mine = new AbortController()
    asking.current = mine
    try {
      const { asked } = await client.explain({ requestId, item }, { signal: mine.signal })
      if (!mine.signal.aborted) fate.value = asked
    } catch (error) {
      if (mine.signal.aborted) return
      fate.value = undefined
      trouble.value = failureOf(error).message
    }
  }
  return (
    <div class="why-not">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const text = new FormData(event.currentTarget).get('item')?.toString().trim() ?? ''
          const item = lookup.words.value === text ? lookup.hits.value[0]?.item.id : undefined
          if (text !== '') void ask(item ?? text)
        }}
      >
        <label class="field" for={input}>
          A {demo.thing} by its words, or an item by its id
        </label>
        <div class="why-not-line">
          <input
            id={input}
            name="item"
            type="search"
            maxLength={256}
            autocomplete="off"
            spellcheck={false}
            placeholder={demo.name === 'movies' ? 'The Matrix' : undefined}
            onInput={(event) => lookup.type(event.currentTarget.value)}
          />
          <button type="submit" class="button primary">
            <SearchIcon />
            <span>Why not?</span>
          </button>
        </div>
      </form>
      {words !== '' && (
        <ul class="why-not-hits" aria-label={`Found: ${demo.things}`}>
          {hits.map(({ item }) => {
            const face = faceOf(item.id, item)
            return (
              <li key={item.id}>
                <button
                  type="button"
                  class="hit"
                  onClick={() => {
                    items.add([item])
                    void ask(item.id)
                  }}
                >
                  <span class="thumb">
                    <Cover face={face} untitled />
                  </span>
                  <span class="hit-text">
                    <span class="hit-title">{face.title}</span>
                    <span class="hint">{face.year}</span>
                  </span>
                </button>
              </li>
            )
          })}
        </ul>
      )}
      <div aria-live="polite">
        {trouble.value !== '' && <p class="note note-bad">{trouble.value}</p>}
        {fate.value !== undefined && <FateCard fate={fate.value} />}
      </div>
    </div>
  )
}
