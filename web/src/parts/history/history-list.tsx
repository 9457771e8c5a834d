import { useComputed } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Cover } from '../../covers/cover.tsx'
import { each } from '../../covers/geometry.ts'
import { type Episode, episodesOf } from '../../items/episodes.ts'
import { useApp } from '../../state/app.ts'
import { listing } from '../../words/listing.ts'
import { ago } from '../../words/numbers.ts'

const lengthMax = 14

/** What the user did of late: what the feed learns from. */
export function HistoryList() {
  const { deeds, items } = useApp()
  const past = useComputed(() => deeds.past.value && episodesOf(deeds.past.value, lengthMax)).value
  const failure = deeds.failure.value
  useEffect(() => items.want(past?.map(({ item }) => item) ?? []), [items, past])
  return (
    <aside class="history" aria-labelledby="history-title">
      <h2 id="history-title">Learned from</h2>
      <p class="hint">What was done lately, newest first.</p>
      {failure !== undefined && past === undefined && (
        <p class="note note-weak">The past could not be had: {failure.message}.</p>
      )}
      {past?.length === 0 && (
        <p class="hint">
          Nothing yet. Open a title or rate one: it appears here, and the next page knows it.
        </p>
      )}
      <ol class="deeds">
        {past === undefined && failure === undefined
          ? each(8).map((n) => <DeedBones key={n} />)
          : past?.map((episode) => <Deed key={`${episode.at}${episode.item}`} episode={episode} />)}
      </ol>
    </aside>
  )
}

function Deed({ episode: { item, at, deeds } }: { readonly episode: Episode }) {
  const face = useApp().items.face(item)
  return (
    <li class="deed">
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
    </li>
  )
}

function DeedBones() {
  return (
    <li class="deed" aria-hidden="true">
      <span class="thumb bone" />
      <span class="deed-text">
        <span class="bone bone-line" />
        <span class="bone bone-line short" />
      </span>
    </li>
  )
}
