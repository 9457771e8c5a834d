import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { FailureNote } from '../../parts/base/failure-note.tsx'
import { useTitle } from '../../parts/base/use-title.ts'
import { FateCard } from '../../parts/why/fate-card.tsx'
import { LostCards } from '../../parts/why/lost-cards.tsx'
import { OtherPages, pageName } from '../../parts/why/other-pages.tsx'
import { RunPicture } from '../../parts/why/run-picture.tsx'
import { WhyItem } from '../../parts/why/why-item.tsx'
import { WhyNot } from '../../parts/why/why-not.tsx'
import { userPath } from '../../route/path.ts'
import type { Explanation } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { useAnswer } from '../../state/ask/use-answer.ts'
import { ago, count } from '../../words/numbers.ts'
import { WhyBones } from './why-bones.tsx'

interface WhyScreenProps {
  readonly requestId: string
  /** An item that is asked about; empty for none. */
  readonly item?: string
}

/** Why a page is as it is: how it was made, why each item is on it, what is not, and why. */
export function WhyScreen({ requestId, item = '' }: WhyScreenProps) {
  const { client, whys, items } = useApp()
  const asked = useAnswer(whys, `${requestId} ${item}`, (signal) =>
    client.explain({ requestId, items: true, ...(item !== '' && { item }) }, { signal }),
  )
  const told = asked.answer
  useEffect(() => items.add(told?.views ?? []), [items, told])
  useTitle('Why this page')
  return (
    <div class="screen why-screen">
      <header class="why-head">
        <h1>Why this page</h1>
        {told === undefined ? <p class="hint">{'\u00a0'}</p> : <Served told={told} />}
      </header>
      {asked.failure !== undefined && <FailureNote failure={asked.failure} onRetry={asked.retry} />}
      {told === undefined ? asked.failure === undefined && <WhyBones /> : <Told told={told} />}
    </div>
  )
}

/** Which page it is, whose, and when it was served. */
function Served({ told }: { readonly told: Explanation }) {
  return (
    <p class="why-served">
      <strong>{pageName(told)}</strong> for <a href={userPath(told.user)}>user {told.user}</a>,{' '}
      <time dateTime={told.at}>{ago(Date.parse(told.at), Date.now())}</time>,{' '}
      {told.delivery === 'now' ? 'made on request' : 'from the queue'}
    </p>
  )
}

const itemCountAtFirst = 12

function Told({ told }: { readonly told: Explanation }) {
  const isAll = useSignal(false)
  const shown = isAll.value ? told.items : told.items.slice(0, itemCountAtFirst)
  const parts = told.items.flatMap(({ shares }) => shares.map((one) => Math.abs(one.contribution)))
  const largest = Math.max(...parts, 1e-9)
  return (
    <>
      <Asked told={told} largest={largest} />
      {told.degraded !== undefined && (
        <p class="note note-weak">Some stages failed on the way: {told.degraded}.</p>
      )}
      <section class="section" aria-labelledby="made-title">
        <h2 id="made-title">How it was made</h2>
        {told.runs.map((run) => (
          <RunPicture key={run.run} run={run} told={told} />
        ))}
        {told.runs.length === 0 && (
          <p class="hint">The traces of this page are no longer kept: only its items are.</p>
        )}
      </section>
      <section class="section" aria-labelledby="items-title">
        <h2 id="items-title">What is on it, and why</h2>
        <ol class="why-items">
          {shown.map((one) => (
            <WhyItem key={one.id} item={one} told={told} largest={largest} />
          ))}
        </ol>
        {shown.length < told.items.length && (
          <button
            type="button"
            class="button wide"
            onClick={() => {
              isAll.value = true
            }}
          >
            All {count(told.items.length)} items
          </button>
        )}
      </section>
      <section class="section" aria-labelledby="not-title">
        <h2 id="not-title">Why not …?</h2>
        <WhyNot requestId={told.requestId} />
      </section>
      <section class="section" aria-labelledby="lost-title">
        <h2 id="lost-title">What is not on it</h2>
        <LostCards lost={told.lost} />
      </section>
      <section class="section" aria-labelledby="others-title">
        <h2 id="others-title">Other pages of user {told.user}</h2>
        <OtherPages user={told.user} requestId={told.requestId} />
      </section>
    </>
  )
}

interface AskedProps {
  readonly told: Explanation
  readonly largest: number
}

/** What the address asks about, before all else: why it is on the page, or why not. */
function Asked({ told, largest }: AskedProps) {
  const { asked } = told
  if (asked === undefined) return null
  const item = told.items.find(({ id }) => id === asked.id)
  return (
    <section class="section why-asked" aria-labelledby="asked-title">
      <h2 id="asked-title">
        Why {item === undefined && 'not '}
        {asked.title ?? asked.id}?
      </h2>
      {item === undefined ? (
        <FateCard fate={asked} />
      ) : (
        <ol class="why-items">
          <WhyItem item={item} told={told} largest={largest} />
        </ol>
      )}
    </section>
  )
}
