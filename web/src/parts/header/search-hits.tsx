import { Cover } from '../../covers/cover.tsx'
import { faceOf } from '../../items/face.ts'
import { searchPath } from '../../route/path.ts'
import { useApp } from '../../state/app.ts'
import type { Lookup } from '../../state/ask/lookup.ts'

interface SearchHitsProps {
  readonly lookup: Lookup
  readonly isListed: boolean
  /** Place of the hit that the arrow keys have reached; -1 for none. */
  readonly chosen: number
  readonly onTake: (address: string) => void
}

/** What was found for the words typed so far. The focus stays in the box. */
export function SearchHits({ lookup, isListed, chosen, onTake }: SearchHitsProps) {
  const { demo } = useApp()
  const hits = lookup.hits.value
  const words = lookup.words.value
  return (
    <div class="hits" hidden={!isListed}>
      <div id="search-hits" role="listbox" aria-label={`Found: ${demo.things}`}>
        {hits.map(({ item }, place) => {
          const face = faceOf(item.id, item)
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the box, which has the focus
            // biome-ignore lint/a11y/useFocusableInteractive: an active descendant is not focused
            <div
              key={item.id}
              id={`hit-${place}`}
              class="hit"
              role="option"
              aria-selected={place === chosen}
              // The box must not lose the focus before the click has come.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onTake(demo.pathOf(item.id))}
            >
              <span class="thumb">
                <Cover face={face} untitled />
              </span>
              <span class="hit-text">
                <span class="hit-title">{face.title}</span>
                <span class="hint">
                  {[face.year, ...face.genres.slice(0, 3)].filter(Boolean).join(' · ')}
                </span>
              </span>
            </div>
          )
        })}
      </div>
      {hits.length === 0 ? (
        <p class="hits-end">{lookup.trouble.value ?? `Nothing found for “${words}”.`}</p>
      ) : (
        <button
          type="button"
          class="quiet hits-end"
          tabIndex={-1}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(searchPath(words))}
        >
          All results for “{words}”
        </button>
      )}
    </div>
  )
}
