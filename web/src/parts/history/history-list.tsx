import { useEffect } from 'preact/hooks'
import { Cover } from '../../covers/cover.tsx'
import { each } from '../../covers/geometry.ts'
import type { PastAction } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { spaced } from '../../words/listing.ts'
import { ago } from '../../words/numbers.ts'

const lengthMax = 14

/** What the user did of late: what the feed learns from. */
export function HistoryList() {
  const { deeds, items } = useApp()
  const past = deeds.past.value?.slice(0, lengthMax)
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
          : past?.map((deed) => <Deed key={`${deed.at}${deed.item}${deed.action}`} deed={deed} />)}
      </ol>
    </aside>
  )
}

function Deed({ deed }: { readonly deed: PastAction }) {
  const face = useApp().items.face(deed.item)
  return (
    <li class="deed">
      <span class="thumb">
        <Cover face={face} untitled />
      </span>
      <span class="deed-text">
        <span class="deed-title">{face.title}</span>
        <span class="deed-what">
          {deedWords(deed)}
          {' · '}
          <time dateTime={deed.at}>{ago(Date.parse(deed.at), Date.now())}</time>
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

const verbs: Partial<Record<PastAction['action'], string>> = {
  click: 'opened',
  like: 'liked',
  unlike: 'no longer liked',
  dislike: 'not for me',
  read: 'read',
  play: 'played',
  share: 'shared',
  collect: 'kept',
  comment: 'commented on',
  report: 'reported',
  'swipe-past': 'swiped past',
}

function deedWords({ action, value }: PastAction): string {
  if (action === 'rate' && value !== undefined) return `rated ${value} of 5`
  return verbs[action] ?? spaced(action)
}
