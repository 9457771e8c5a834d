import { Cover } from '../../covers/cover.tsx'
import { each } from '../../covers/geometry.ts'
import { type Episode, episodesOf } from '../../items/episodes.ts'
import type { Person } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { listing } from '../../words/listing.ts'
import { ago } from '../../words/numbers.ts'

const lengthMax = 48

interface PastProps {
  /** Newest first; undefined while it is on its way. */
  readonly history: Person['history'] | undefined
}

/** What a user did: what the recommendations are learned from. */
export function Past({ history }: PastProps) {
  const { demo } = useApp()
  const episodes = history && episodesOf(history, lengthMax)
  return (
    <section class="section" aria-labelledby="past-title">
      <h2 id="past-title">Learned from</h2>
      {episodes?.length === 0 && (
        <p class="hint">Nothing yet. Open a {demo.thing} or rate one: it appears here.</p>
      )}
      <ol class="deeds">
        {episodes === undefined
          ? each(12).map((n) => <li key={n} class="deed bone" />)
          : episodes.map((episode) => (
              <Deed key={`${episode.at}${episode.item}`} episode={episode} />
            ))}
      </ol>
    </section>
  )
}

function Deed({ episode: { item, at, deeds } }: { readonly episode: Episode }) {
  const { items, demo } = useApp()
  const face = items.face(item)
  return (
    <li>
      <a class="deed" href={demo.pathOf(item)}>
        <span class="thumb">
          <Cover face={face} untitled />
        </span>
        <span class="deed-text">
          <span class="deed-title">{face.title}</span>
          <span class="deed-what">
            {listing(deeds)}
            {' · '}
            <time dateTime={at}>{ago(Date.parse(at), Date.now())}</time>
          </span>
        </span>
      </a>
    </li>
  )
}
