import { Cover } from '../../covers/cover.tsx'
import type { Explanation, ItemExplanation } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { hueOf } from '../../why/flow.ts'
import { sourceWords } from '../../why/sources.ts'
import { listing, spaced } from '../../words/listing.ts'
import { ordinal, shareText } from '../../words/numbers.ts'
import { EvidenceCovers } from './evidence-covers.tsx'
import { FeatureTable } from './feature-table.tsx'
import { ForetoldTable } from './foretold-table.tsx'
import { InputTable } from './input-table.tsx'
import { ShareBars } from './share-bars.tsx'

interface WhyItemProps {
  readonly item: ItemExplanation
  readonly told: Explanation
  /** What the longest bar stands for. */
  readonly largest: number
}

/** Why an item is on its page: the sentence, what it rests on, who brought it, who moved it. */
export function WhyItem({ item, told, largest }: WhyItemProps) {
  const { items, demo } = useApp()
  const face = items.face(item.id)
  return (
    <li class="why-item" data-item={item.id}>
      <span class="why-cover" aria-hidden="true">
        <Cover face={face} untitled />
        <span class="why-place">{item.position + 1}</span>
      </span>
      <div class="why-words">
        <h3>
          <span class="unseen">Place {item.position + 1}: </span>
          <a href={demo.pathOf(item.id)}>{face.title === item.id ? item.title : face.title}</a>{' '}
          {face.year !== undefined && <span class="hint">{face.year}</span>}
        </h3>
        <p class="why-sentence">{item.because}</p>
        <EvidenceCovers evidence={item.evidence} />
        <Brought item={item} told={told} />
      </div>
      <div class="why-numbers">
        {item.shares.length > 0 && <ShareBars shares={item.shares} largest={largest} />}
        {item.features.length > 0 && <FeatureTable features={item.features} />}
        {item.inputs.length > 0 && <InputTable inputs={item.inputs} />}
        {item.foretold.length > 0 && (
          <ForetoldTable foretold={item.foretold} formula={formulaOf(told, item.run)} />
        )}
      </div>
    </li>
  )
}

function formulaOf({ runs }: Explanation, run: string): string | undefined {
  return runs.find((each) => each.run === run)?.formula
}

/** Who proposed an item, in the colours of the picture, and what the mixers did with it. */
function Brought({ item, told }: Pick<WhyItemProps, 'item' | 'told'>) {
  const names = told.stages
    .filter(({ run, stage }) => run === item.run && stage === 'recall')
    .map(({ name }) => name)
  const first = item.moves[0]?.from ?? 0
  const by = first - (item.moves.at(-1)?.to ?? 0)
  return (
    <ul class="brought">
      {item.sources.map(({ name, rank, score }) => (
        <li key={name} style={{ '--hue': hueOf(Math.max(0, names.indexOf(name))) }}>
          <span class="brought-dot" aria-hidden="true" />
          <span>
            {sourceWords(name).short}
            {rank >= 0 && <span class="hint"> {ordinal(rank + 1)}</span>}
            {score !== undefined && <span class="hint">, {shareText(score)} of its best</span>}
          </span>
        </li>
      ))}
      {item.moves.length > 0 && (
        <li>
          <span class="brought-arrow" aria-hidden="true">
            {by > 0 ? '↑' : by < 0 ? '↓' : '↔'}
          </span>
          moved {by > 0 && 'up '}
          {by < 0 && 'down '}from {first + 1}{' '}
          {listing(item.moves.map(({ mixer, to }) => `to ${to + 1} by ${spaced(mixer)}`))}
        </li>
      )}
    </ul>
  )
}
