import { factsOf } from '../../items/facts.ts'
import type { ItemView } from '../../state/api.ts'
import { capital } from '../../words/listing.ts'

/** All that the catalogue holds of an item. */
export function Record({ item }: { readonly item: ItemView }) {
  return (
    <section class="section" aria-labelledby="record-title">
      <h2 id="record-title">Record</h2>
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
