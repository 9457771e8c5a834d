import { useSignal } from '@preact/signals'
import type { TargetedKeyboardEvent } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { searchPath } from '../../route/path.ts'
import { useApp } from '../../state/app.ts'
import { createLookup } from '../../state/ask/lookup.ts'
import { SearchIcon } from '../base/icons.tsx'
import { SearchHits } from './search-hits.tsx'

/**
 * The search of the site: what fits is listed while one types (combobox pattern of the ARIA guide).
 */
export function SearchBox() {
  const { client, router, demo } = useApp()
  const lookup = useMemo(() => createLookup(client), [client])
  const input = useRef<HTMLInputElement>(null)
  const isOpen = useSignal(false)
  const chosen = useSignal(-1)
  const arrival = router.arrival.value
  const shut = (): void => {
    lookup.stop()
    isOpen.value = false
    chosen.value = -1
  }
  useEffect(shut, [arrival])

  const hits = lookup.hits.value
  const goTo = (address: string): void => {
    shut()
    input.current?.blur()
    router.go(address)
  }
  const take = (): void => {
    const hit = hits[chosen.value]
    const text = input.current?.value.trim() ?? ''
    if (hit !== undefined) goTo(demo.pathOf(hit.item.id))
    else if (text !== '') goTo(searchPath(text))
  }
  const press = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    const { key } = event
    if (key === 'Escape') {
      if (!isOpen.value) event.currentTarget.value = ''
      shut()
    } else if ((key === 'ArrowDown' || key === 'ArrowUp') && hits.length > 0) {
      isOpen.value = true
      const places = hits.length + 1
      chosen.value = ((chosen.value + (key === 'ArrowDown' ? 1 : -1) + 1 + places) % places) - 1
    } else return
    event.preventDefault()
  }
  const isListed = isOpen.value && lookup.words.value !== ''
  return (
    <search class="search">
      <form
        role="none"
        onSubmit={(event) => {
          event.preventDefault()
          take()
        }}
      >
        <SearchIcon />
        <input
          ref={input}
          type="search"
          // biome-ignore lint/a11y/noRedundantRoles: without a list, it would be a searchbox
          role="combobox"
          list={undefined}
          aria-label={`Search ${demo.things}`}
          aria-expanded={isListed}
          aria-controls="search-hits"
          aria-autocomplete="list"
          aria-activedescendant={chosen.value >= 0 ? `hit-${chosen.value}` : undefined}
          placeholder={`Search ${demo.things}`}
          maxLength={256}
          autocomplete="off"
          spellcheck={false}
          enterkeyhint="search"
          onInput={(event) => {
            isOpen.value = true
            chosen.value = -1
            lookup.type(event.currentTarget.value)
          }}
          onFocus={() => {
            isOpen.value = true
          }}
          onBlur={shut}
          onKeyDown={press}
        />
      </form>
      <SearchHits lookup={lookup} isListed={isListed} chosen={chosen.value} onTake={goTo} />
    </search>
  )
}
