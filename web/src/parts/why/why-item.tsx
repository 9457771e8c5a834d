import { useEffect } from 'preact/hooks'
import type { ItemExplanation } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import type { Opened } from '../../state/panel.ts'
import { sentenceOf } from '../../why/sentence.ts'
import { sharesOf } from '../../why/shares.ts'
import { sourceWords } from '../../why/sources.ts'
import { spaced } from '../../words/listing.ts'
import { ordinal } from '../../words/numbers.ts'
import { FeatureTable } from './feature-table.tsx'
import { ShareBars } from './share-bars.tsx'

/** Why an item is on its page. */
export function WhyItem({ opened: { requestId, entry } }: { readonly opened: Opened }) {
  const { explanations, panel, items } = useApp()
  const previous = panel.previous.value
  const beside = previous && items.face(previous.entry.id).title
  useEffect(() => explanations.want(requestId), [explanations, requestId])
  const answer = explanations.of(requestId)
  return (
    <section class="why" aria-labelledby="why-title">
      <h3 id="why-title">Why am I seeing this?</h3>
      {answer === undefined ? (
        <span class="bone bone-line" />
      ) : 'message' in answer ? (
        <p class="hint">It is no longer known: {answer.message}.</p>
      ) : (
        <Reasons
          item={answer.items.find(({ id }) => id === entry.id)}
          page={answer.items}
          sources={entry.sources}
          beside={beside}
        />
      )}
    </section>
  )
}

interface ReasonsProps {
  readonly item: ItemExplanation | undefined
  readonly page: readonly ItemExplanation[]
  readonly sources: readonly string[]
  /** The title that the item is to go with. */
  readonly beside: string | undefined
}

function Reasons({ item, page, sources, beside }: ReasonsProps) {
  const features = item?.features ?? []
  const shares = sharesOf(
    features,
    page.map((other) => other.features),
  )
  return (
    <>
      <p class="why-sentence">{sentenceOf(shares, sources, beside)}</p>
      {item !== undefined && <Sources item={item} beside={beside} />}
      {features.length > 0 && (
        <>
          <ShareBars shares={shares} />
          <FeatureTable features={features} />
        </>
      )}
    </>
  )
}

interface SourcesProps {
  readonly item: ItemExplanation
  readonly beside: string | undefined
}

function Sources({ item: { sources, moves }, beside }: SourcesProps) {
  return (
    <ul class="why-sources">
      {sources.map(({ name, rank }) => (
        <li key={name}>
          <strong>{sourceWords(name, beside).short}</strong>
          {rank >= 0 && `: ${ordinal(rank + 1)} of what ${spaced(name)} proposed`}
        </li>
      ))}
      {moves.map(({ mixer, from, to }) => (
        <li key={mixer}>
          <strong>{spaced(mixer)}</strong> moved it {to < from ? 'up' : 'down'} from place{' '}
          {from + 1} to {to + 1}
        </li>
      ))}
    </ul>
  )
}
