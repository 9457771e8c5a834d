import { Cover } from '../../covers/cover.tsx'
import { factsOf } from '../../items/facts.ts'
import { useApp } from '../../state/app.ts'
import type { Opened } from '../../state/panel.ts'
import { capital } from '../../words/listing.ts'
import { BackIcon } from '../base/icons.tsx'
import { Sheet } from '../base/sheet.tsx'
import { WhyItem } from '../why/why-item.tsx'
import { OpinionForm } from './opinion-form.tsx'
import { SimilarItems } from './similar-items.tsx'

/** The item that is looked at: what it is, what the user thinks of it, why it is here. */
export function ItemSheet() {
  const { panel, items } = useApp()
  const opened = panel.opened.value
  if (opened === undefined) return null
  const previous = panel.previous.value
  return (
    <Sheet
      label={items.face(opened.entry.id).title}
      topic={opened.entry.id}
      onClose={() => panel.close()}
      lead={
        previous && (
          <button type="button" class="quiet" onClick={() => panel.back()}>
            <BackIcon />
            <span>{items.face(previous.entry.id).title}</span>
          </button>
        )
      }
    >
      <ItemHead opened={opened} />
      <OpinionForm entry={opened.entry} />
      <WhyItem opened={opened} />
      <SimilarItems key={opened.entry.id} id={opened.entry.id} />
      <Facts id={opened.entry.id} />
    </Sheet>
  )
}

function ItemHead({ opened }: { readonly opened: Opened }) {
  const face = useApp().items.face(opened.entry.id)
  return (
    <div class="item-head">
      <div class="item-cover">
        <Cover face={face} />
      </div>
      <div>
        <h2 class="item-title">{face.title}</h2>
        {face.alias !== undefined && <p class="item-alias">{face.alias}</p>}
        <p class="hint">{[face.year, ...face.genres].filter(Boolean).join(' · ')}</p>
      </div>
    </div>
  )
}

function Facts({ id }: { readonly id: string }) {
  const item = useApp().items.view(id)
  if (item === undefined) return null
  return (
    <section aria-labelledby="facts-title">
      <h3 id="facts-title">Record</h3>
      <dl class="facts">
        {factsOf(item).map(({ name, value }) => (
          <div key={name}>
            <dt>{capital(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
